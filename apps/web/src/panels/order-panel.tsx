import { useSignal } from "@preact/signals";
import { type Line, LineChart } from "./chart/line-chart";
import { formatNumber } from "./chart/scale";
import { type Inside, shownStep } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";

const text: PanelText = {
  id: "order",
  title: "Order parameters",
  lookFor:
    "Each is a number that should change where the network stops memorising. Solid is the measure as the literature defines it, dashed as a public code computes it, with its cut-offs; they need not agree.",
  sources: [
    { label: "Liu et al. 2022", href: "https://arxiv.org/abs/2205.10343" },
    { label: "ChanceSiyuan/grokking", href: "https://github.com/ChanceSiyuan/grokking" },
  ],
};

/** The measures of this panel, as people call them. */
const titles: Readonly<Record<string, string>> = {
  rqi: "representation quality",
  circularity: "circularity",
  "effective-rank": "effective rank",
  "participation-ratio": "participation ratio",
  snr: "signal to noise",
  "kernel-alignment": "kernel alignment",
};

/** Those whose values span decades. */
const logarithmic: ReadonlySet<string> = new Set(["snr"]);

/** The order parameters over time; what is too dear to compute as the run goes is computed when asked for. */
export function OrderPanel({ inside }: { inside: Inside }) {
  const scene = inside.scene.value;
  const asked = useSignal<Readonly<Record<string, Asked>>>({});
  const shown = (scene?.measures ?? []).filter(({ name }) => name in titles);
  const traces = inside.traces.value;
  const ask = async (name: string) => {
    const set = (state: Asked) => {
      asked.value = { ...asked.value, [name]: state };
    };
    set({ state: "waiting" });
    try {
      set({ state: "done", values: await inside.measure(name) });
    } catch (error) {
      set({ state: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <PanelFrame
      text={text}
      table={() => ({
        caption: "Order parameters at the steps that were looked at",
        columns: ["step", ...shown.flatMap(({ columns }) => columns)],
        rows: traces.map(({ step, measures }) => [
          step,
          ...shown.flatMap(({ columns }) =>
            columns.map((column) => {
              const value = measures[column];
              return typeof value === "number" ? formatNumber(value) : null;
            }),
          ),
        ]),
      })}
    >
      {(describedBy) => (
        <>
          <div class="small-charts">
            {shown
              .filter(({ onDemand }) => !onDemand)
              .map(({ name, columns }) => (
                <section key={name} aria-label={titles[name]}>
                  <LineChart
                    height={204}
                    title={titles[name] ?? name}
                    lines={columns.map((column): Line => {
                      const points = traces.filter(({ measures }) => column in measures);
                      const isUpstream = column.endsWith("_upstream");
                      return {
                        name: isUpstream ? "as coded" : "as defined",
                        look: isUpstream ? "fourth-dashed" : "third",
                        steps: points.map(({ step }) => step),
                        values: points.map(({ measures }) => measures[column]),
                      };
                    })}
                    isLog={logarithmic.has(name)}
                    isFromZero
                    isLogSteps={inside.isLogScale.value}
                    axis=""
                    marked={shownStep(inside)}
                    label={`${titles[name]} over steps.`}
                    describedBy={describedBy}
                    onPick={inside.show}
                  />
                </section>
              ))}
          </div>
          {shown
            .filter(({ onDemand }) => onDemand)
            .map(({ name, description }) => (
              <p key={name} class="on-demand">
                <b>{titles[name]}</b>: {description}. It takes a gradient for each of many examples,
                so it is computed when you ask for it.{" "}
                <button
                  type="button"
                  disabled={asked.value[name]?.state === "waiting"}
                  onClick={() => void ask(name)}
                >
                  Compute it now
                </button>{" "}
                <output aria-live="polite">{answerText(asked.value[name])}</output>
              </p>
            ))}
          {scene !== null && Object.keys(scene.skipped).length > 0 && (
            <ul class="skipped">
              {Object.entries(scene.skipped)
                .filter(([name]) => name in titles)
                .map(([name, reason]) => (
                  <li key={name}>
                    No {titles[name]}: {reason}.
                  </li>
                ))}
            </ul>
          )}
        </>
      )}
    </PanelFrame>
  );
}

/** What became of a measure that was asked for. */
type Asked =
  | { readonly state: "waiting" }
  | { readonly state: "done"; readonly values: Readonly<Record<string, number | null>> }
  | { readonly state: "failed"; readonly reason: string };

function answerText(asked: Asked | undefined): string {
  switch (asked?.state) {
    case undefined:
      return "";
    case "waiting":
      return "computing …";
    case "failed":
      return asked.reason;
    case "done":
      return Object.entries(asked.values)
        .map(([column, value]) => {
          const kind = column.endsWith("_upstream") ? "as coded" : "as defined";
          return `${kind} ${value === null ? "not defined" : formatNumber(value)}`;
        })
        .join(", ");
  }
}
