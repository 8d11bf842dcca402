import type { NetworkScene } from "../network/scene";
import { inputOf } from "./answers/input";
import { formatShare } from "./chart/scale";
import { Figure } from "./figure/figure";
import type { Inside, Pair } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";
import { type Highlight, Plane } from "./plane";

/** What to look for depends on whether the symbols have a circle to lie on. */
const textOf = (isCyclic: boolean): PanelText => ({
  id: "embedding",
  title: "Where symbols lie",
  lookFor: isCyclic
    ? "At first the symbols lie about like dust. A network that has learned to add modulo p lays them out in order, often on a ring."
    : "At first the symbols lie about like dust. As the network learns, those that it treats alike come to lie together.",
  sources: [{ label: "Liu et al. 2022", href: "https://arxiv.org/abs/2205.10343" }],
});

const side = 360;

/** The symbols along the first two principal components of their embeddings. */
export function EmbeddingPanel({ inside }: { inside: Inside }) {
  const scene = inside.scene.value;
  const embedding = inside.view.value?.embedding ?? null;
  const [first = 0, second = 0] = embedding?.explained ?? [];
  return (
    <PanelFrame
      text={textOf(scene?.group !== null)}
      table={
        embedding === null || scene === null
          ? undefined
          : () => ({
              caption: "The symbols along the first two principal components",
              columns: ["symbol", "component 1", "component 2"],
              rows: scene.symbols.map((symbol, i) => [
                symbol,
                ((embedding.points[2 * i] as number) * embedding.unit).toFixed(3),
                ((embedding.points[2 * i + 1] as number) * embedding.unit).toFixed(3),
              ]),
            })
      }
    >
      {(describedBy) =>
        embedding !== null &&
        scene !== null && (
          <Figure
            width={side}
            height={side}
            label={`${scene.symbols.length} symbols along two principal components, which hold ${formatShare(first)} and ${formatShare(second)} of the variance.`}
            describedBy={describedBy}
          >
            <Plane
              points={embedding.points}
              names={scene.symbols}
              box={{ x: 10, y: 6, side: side - 34 }}
              highlights={highlightsOf(scene, inside.selected.value)}
              isNamed={scene.symbols.length <= 64}
            />
            <text x={10 + (side - 34) / 2} y={side - 8} class="axis centre">
              component 1, {formatShare(first)} of the variance
            </text>
            <text
              x={side - 8}
              y={(side - 34) / 2}
              class="axis centre"
              transform={`rotate(-90 ${side - 8} ${(side - 34) / 2})`}
            >
              component 2, {formatShare(second)}
            </text>
          </Figure>
        )
      }
    </PanelFrame>
  );
}

/** The symbols of an input and its answer. */
export function highlightsOf({ table }: NetworkScene, { a, b }: Pair): Highlight[] {
  if (table === null || Math.max(a, b) >= table.size) return [];
  const { answer } = inputOf(table, { a, b });
  return [
    { index: a, name: "a" },
    { index: b, name: "b" },
    ...(answer === null ? [] : [{ index: answer, name: "c" } as const]),
  ];
}
