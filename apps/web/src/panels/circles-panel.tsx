import type { GroupScene, NetworkScene } from "../network/scene";
import type { WavesView } from "../network/view";
import { formatShare } from "./chart/scale";
import { circlesText } from "./circles-text";
import { highlightsOf } from "./embedding-panel";
import { Figure } from "./figure/figure";
import { type PressArea, PressAreas } from "./figure/press-areas";
import type { Inside, InsideAblation } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";
import { type Highlight, Plane } from "./plane";

const text: PanelText = {
  id: "circles",
  title: "The circles it computes with",
  lookFor: circlesText({ isProduct: false, sign: 1 }),
  sources: [
    { label: "Nanda et al. 2023", href: "https://arxiv.org/abs/2301.05217" },
    { label: "Zhong et al. 2023", href: "https://arxiv.org/abs/2306.17844" },
  ],
};

/** The same for the operation that is learned; the exponents of a product begin at 1, not at 0. */
function wordsOf({ elements, sign }: GroupScene): string {
  return circlesText({ isProduct: elements[0] === 1, sign });
}

/** How many circles there are room for. */
const most = 6;
const width = 390;

/** The embedding in the planes of the frequencies that matter most at the end of what is recorded. */
export function CirclesPanel({ inside }: { inside: Inside }) {
  const scene = inside.scene.value;
  const waves = inside.view.value?.waves ?? null;
  const group = scene?.group ?? null;
  return (
    <PanelFrame
      text={group === null ? text : { ...text, lookFor: wordsOf(group) }}
      table={
        waves === null
          ? undefined
          : () => ({
              caption: "Frequencies by their share of the embedding's power",
              columns: ["frequency", "share of power", "roundness"],
              rows: ranked(waves.embedding).map(({ frequency, share }) => [
                frequency,
                formatShare(share),
                waves.circles
                  .find((circle) => circle.frequency === frequency)
                  ?.roundness.toFixed(2) ?? null,
              ]),
            })
      }
    >
      {(describedBy) =>
        waves !== null &&
        group !== null &&
        scene !== null && (
          <Circles
            waves={waves}
            group={group}
            frequencies={lastingFrequencies(inside)}
            highlights={exponentsOf(highlightsOf(scene, inside.selected.value), group)}
            names={namesOf(scene, group)}
            describedBy={describedBy}
            ablation={scene.ablation === null ? null : inside.ablation}
          />
        )
      }
    </PanelFrame>
  );
}

function Circles({
  waves,
  group,
  frequencies,
  highlights,
  names,
  describedBy,
  ablation,
}: {
  waves: WavesView;
  group: GroupScene;
  frequencies: readonly number[];
  highlights: readonly Highlight[];
  names: readonly string[];
  describedBy: string;
  /** Null if frequencies cannot be taken out. */
  ablation: InsideAblation | null;
}) {
  const shares = new Map(ranked(waves.embedding).map(({ frequency, share }) => [frequency, share]));
  const shown = frequencies.flatMap((frequency) => {
    const circle = waves.circles.find((each) => each.frequency === frequency);
    return circle === undefined ? [] : [circle];
  });
  const columns = shown.length === 4 ? 2 : 3;
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const cell = { width: width / columns, height: width / columns + 22 };
  const frame = { width, height: rows * cell.height };
  const cornerOf = (i: number) => ({
    x: (i % columns) * cell.width,
    y: Math.floor(i / columns) * cell.height,
  });
  const areas = shown.map(({ frequency }, i): PressArea => {
    const part = `frequency:${frequency}`;
    return {
      ...cornerOf(i),
      ...cell,
      label: `Take out wave k = ${frequency}`,
      isPressed: ablation?.removed.value.includes(part) ?? false,
      onPress: () => ablation?.toggle(part),
    };
  });
  return (
    <div class="picture">
      <Figure
        {...frame}
        label={shown
          .map(
            ({ frequency, roundness }) =>
              `Frequency ${frequency}: ${formatShare(shares.get(frequency) ?? 0)} of the embedding, roundness ${roundness.toFixed(2)}`,
          )
          .join(". ")}
        describedBy={describedBy}
      >
        {shown.map(({ frequency, points, roundness }, i) => {
          const { x, y } = cornerOf(i);
          return (
            <g key={frequency}>
              <text x={x + 4} y={y + 13} class="key">
                k = {frequency}
              </text>
              <text x={x + cell.width - 4} y={y + 13} class="tick-text end">
                {formatShare(shares.get(frequency) ?? 0)}
              </text>
              <Plane
                points={points}
                names={names}
                box={{ x: x + 2, y: y + 20, side: cell.width - 4 }}
                highlights={highlights}
                order={ringOrder(frequency, group.order)}
              />
              <title>{`frequency ${frequency}, roundness ${roundness.toFixed(2)}`}</title>
            </g>
          );
        })}
      </Figure>
      {ablation !== null && ablation.problem.value === null && (
        <PressAreas areas={areas} frame={frame} />
      )}
    </div>
  );
}

/**
 * The frequencies that hold at least twice an even share of the embedding in the newest view, three
 * to six of them. As they are those of the newest, pictures keep their place while one scrubs.
 */
function lastingFrequencies({ traces }: Inside): number[] {
  const power = traces.value.findLast((trace) => trace.power !== null)?.power;
  if (power === null || power === undefined) return [];
  const all = ranked(power);
  const strong = all.filter(({ share }) => share >= 2 / all.length).length;
  return all
    .slice(0, Math.min(most, Math.max(3, strong)))
    .map(({ frequency }) => frequency)
    .sort((j, k) => j - k);
}

/** Frequencies with their share of the power, the constant left out, falling. */
export function ranked(power: ArrayLike<number>): { frequency: number; share: number }[] {
  const frequencies = Array.from({ length: power.length - 1 }, (_, i) => i + 1);
  const total = frequencies.reduce((sum, k) => sum + (power[k] as number), 0) || 1;
  return frequencies
    .map((frequency) => ({ frequency, share: (power[frequency] as number) / total }))
    .sort((one, other) => other.share - one.share);
}

/** The exponents in the order in which they follow each other on the circle of a frequency. */
export function ringOrder(frequency: number, order: number): number[] {
  return Array.from({ length: order }, (_, x) => x).sort(
    (x, y) => ((frequency * x) % order) - ((frequency * y) % order),
  );
}

/** The same places by the exponents of their symbols. */
export function exponentsOf(
  highlights: readonly Highlight[],
  { elements }: GroupScene,
): Highlight[] {
  return highlights.flatMap((highlight) => {
    const index = elements.indexOf(highlight.index);
    return index < 0 ? [] : [{ ...highlight, index }];
  });
}

/** What the element of each exponent is called. */
export function namesOf({ symbols }: NetworkScene, { elements }: GroupScene): string[] {
  return Array.from(elements, (element) => symbols[element] ?? "");
}
