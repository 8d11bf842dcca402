import type { AblatedView, AblationScene } from "../../network/ablation";
import type { WavesView } from "../../network/view";
import { formatNumber, formatShare } from "../chart/scale";
import { ranked } from "../circles-panel";
import type { Inside } from "../inside";
import { partsText, partText } from "../part-text";

/** How many frequencies are offered if the network has not chosen its own yet. */
const most = 8;

/** Takes heads and frequencies out of the network by a press, and says what becomes of it. */
export function AblationBar({ inside }: { inside: Inside }) {
  const { ablation } = inside;
  const scene = inside.scene.value?.ablation ?? null;
  if (scene === null) return null;
  const removed = ablation.removed.value;
  const problem = ablation.problem.value;
  const groups = [
    { kind: "head", title: "Heads", offered: headsOf(scene) },
    {
      kind: "frequency",
      title: "Waves",
      offered: wavesOf(scene, inside.view.value?.waves ?? null),
    },
    // Neurons are chosen in their own panel.
    { kind: "neuron", title: "Neurons", offered: [] },
  ].map(({ kind, title, offered }) => {
    const others = removed.filter((part) => part.startsWith(`${kind}:`) && !offered.includes(part));
    return { title, parts: [...offered, ...others] };
  });
  return (
    <section class="ablation" aria-label="Take parts out of the network">
      <div class="ablation-parts">
        <span class="ablation-title">Take out</span>
        {groups.map(({ title, parts }) =>
          parts.length === 0 ? null : (
            <fieldset key={title} disabled={problem !== null}>
              <legend class="visually-hidden">{title}</legend>
              {parts.map((part) => (
                <button
                  key={part}
                  type="button"
                  class="chip"
                  aria-pressed={removed.includes(part)}
                  title={`grok inspect … --ablate ${part}`}
                  onClick={() => ablation.toggle(part)}
                >
                  {partText(part, scene)}
                </button>
              ))}
            </fieldset>
          ),
        )}
        {removed.length > 0 && problem === null && (
          <button type="button" class="chip chip-plain" onClick={ablation.putBack}>
            Put back
          </button>
        )}
      </div>
      {problem !== null && <p class="note">{problem}</p>}
      <div role="status">
        {ablation.view.value !== null && (
          <Outcome view={ablation.view.value} scene={scene} inside={inside} />
        )}
      </div>
    </section>
  );
}

function Outcome({
  view: { parts, before, after },
  scene,
  inside,
}: {
  view: AblatedView;
  scene: AblationScene;
  inside: Inside;
}) {
  const rows = [
    { title: "right, trained on", name: "train_acc", text: formatShare },
    { title: "right, held out", name: "val_acc", text: formatShare },
    { title: "loss, trained on", name: "train_loss", text: formatNumber },
    { title: "loss, held out", name: "val_loss", text: formatNumber },
  ] as const;
  const textOf = (value: number | null, text: (value: number) => string) =>
    value === null ? "–" : text(value);
  return (
    <>
      <table class="ablation-outcome">
        <caption>Without {partsText(parts, scene)}</caption>
        <thead>
          <tr>
            <td />
            {rows.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[
            { title: "whole", score: before },
            { title: "without", score: after },
          ].map(({ title, score }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              {rows.map(({ title: column, name, text }) => (
                <td key={column}>{textOf(score[name], text)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {inside.ablation.canKeepOut.value && (
        <button type="button" class="plain" onClick={inside.ablation.keepOut}>
          Train on without {parts.length === 1 ? "it" : "them"}
        </button>
      )}
    </>
  );
}

function headsOf({ heads }: AblationScene): string[] {
  return heads.flatMap((count, layer) =>
    Array.from({ length: count }, (_, head) => `head:${layer}.${head}`),
  );
}

/** The frequencies that the network computes with; while these are many, the strongest of its embedding. */
function wavesOf({ highestFrequency }: AblationScene, waves: WavesView | null): string[] {
  if (waves === null || highestFrequency === 0) return [];
  const strongest =
    waves.keys.length <= most
      ? [...waves.keys]
      : ranked(waves.embedding)
          .slice(0, most)
          .map(({ frequency }) => frequency);
  return strongest
    .filter((frequency) => frequency > 0)
    .sort((j, k) => j - k)
    .map((frequency) => `frequency:${frequency}`);
}
