import { narration } from "../controls/now";
import { shownColumn } from "../curves/column-chart";
import { areValues } from "../curves/curves";
import { figurePng, saveFile } from "../panels/figure/export";
import { lessonInAddress, route } from "../state/address";
import { attempt } from "../state/notices";
import { label, records, shown } from "../state/session";
import { ClassLink } from "./class-link";
import { Copied } from "./copied";
import { EmbedCode } from "./embed-code";
import { fileName } from "./file-name";
import { FilmButton } from "./film-button";
import { commandOf, programOf } from "./program";
import { saveMetrics, saveRun } from "./save-run";

/** What the share menu has; loaded when it is first opened. */
export default function ShareContents() {
  const { value: what } = shown;
  const { value: run } = label;
  if (what === null) return null;
  const { controls, link } = what;
  const name = fileName(run?.name ?? what.task);
  const scene = route.value === "lessons" ? lessonInAddress.value : null;
  const hasRecords = records.value.length > 0;
  const column = shownColumn.value;
  const figures = [
    { title: areValues.value ? "Explained variance" : "Accuracy", of: "accuracy" as const },
    { title: "Loss", of: "loss" as const },
    ...(column === null ? [] : [{ title: column, of: { column } }]),
  ];
  const saveFigure = async ({ title, of }: (typeof figures)[number], kind: "svg" | "png") => {
    const { curveFigure } = await import("./curve-figures");
    const svg = curveFigure(of, what, records.value);
    const file = kind === "png" ? await figurePng(svg) : new Blob([svg], { type: "image/svg+xml" });
    saveFile(`${name}-${fileName(title.toLowerCase())}.${kind}`, file);
  };
  const saveMoment = async (kind: "svg" | "png") => {
    const [{ curveFigure }, { momentFigure }] = await Promise.all([
      import("./curve-figures"),
      import("./moment-figure"),
    ]);
    const curve = curveFigure("accuracy", what, records.value);
    const svg = momentFigure(narration.peek().sentence, curve);
    const file = kind === "png" ? await figurePng(svg) : new Blob([svg], { type: "image/svg+xml" });
    saveFile(`${name}-moment.${kind}`, file);
  };
  return (
    <>
      <section>
        <h3>Link</h3>
        <p>
          The address holds the whole experiment with its seed, so everybody who opens it gets this
          curve.
        </p>
        {scene !== null && (
          <>
            <p>This scene of the lessons, with its question:</p>
            <Copied
              text={`${location.origin}${location.pathname}#ui.view=lessons&ui.lesson=${scene}`}
              what="link to this scene"
            />
            <p>Its experiment on Watch:</p>
          </>
        )}
        {link === null ? (
          <p class="faint">No flags of this version give this experiment, so it has no link.</p>
        ) : (
          <>
            <Copied text={`${location.origin}${location.pathname}#${link}`} what="link" />
            {what.files.length > 0 && (
              <p class="faint">
                It does not bring{" "}
                {what.files
                  .map(({ name: file, sha256 }) => `${file} (sha256 ${sha256.slice(0, 8)}…)`)
                  .join(" and ")}
                , which whoever opens it is asked for. The ZIP file has it.
              </p>
            )}
            <ClassLink link={link} />
            <EmbedCode link={link} />
          </>
        )}
      </section>
      <section>
        <h3>The run</h3>
        <p>
          Its folder as a ZIP file: <code>grok import</code> unpacks it and <code>grok resume</code>{" "}
          continues with it; dropped on this page it opens again.
        </p>
        <p class="buttons">
          <button
            type="button"
            class="plain"
            disabled={run === null}
            onClick={() => run !== null && attempt(saveRun(run))}
          >
            Run folder (ZIP)
          </button>
          <button
            type="button"
            class="plain"
            disabled={!hasRecords}
            onClick={() => attempt(saveMetrics(name))}
          >
            Metrics (CSV)
          </button>
        </p>
      </section>
      <section>
        <h3>Figures</h3>
        <p class="buttons">
          {figures.flatMap((figure) =>
            (["svg", "png"] as const).map((kind) => (
              <button
                key={`${figure.title}.${kind}`}
                type="button"
                class="plain"
                disabled={!hasRecords}
                onClick={() => attempt(saveFigure(figure, kind))}
              >
                {figure.title} ({kind.toUpperCase()})
              </button>
            )),
          )}
        </p>
        {route.value === "watch" && (
          <p class="buttons">
            {(["svg", "png"] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                class="plain"
                disabled={!hasRecords}
                title="The sentence, the curve, the table and the circle as they are now"
                onClick={() => attempt(saveMoment(kind))}
              >
                Whole moment ({kind.toUpperCase()})
              </button>
            ))}
          </p>
        )}
        <FilmButton name={name} />
      </section>
      {controls !== null && (
        <section>
          <h3>The code</h3>
          <p>The same experiment as a program on the packages, or as a command.</p>
          <Copied text={programOf({ task: what.task, controls })} what="program" />
          <Copied text={commandOf({ controls })} what="command" />
        </section>
      )}
    </>
  );
}
