import type { AttentionScene, NetworkScene } from "../network/scene";
import { formatShare } from "./chart/scale";
import { Figure } from "./figure/figure";
import { type PressArea, PressAreas } from "./figure/press-areas";
import type { Inside, InsideAblation } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";

/** What the network has to look at depends on its task. */
function taskText({ table, symbols }: NetworkScene): string {
  if (table !== null || symbols.length > 20) {
    return "The last row gives the answer: it has to look at both a and b, and at each about as much.";
  }
  return symbols.length === 2
    ? "The last row gives the answer: it has to look at the few bits that count."
    : "The last rows write the answer, digit by digit: each has to look at the digits of its place.";
}

const textOf = (scene: NetworkScene | null): PanelText => ({
  id: "attention",
  title: "Where attention goes",
  lookFor: `Each row is a position that looks, each column one that is looked at. Press a head to take it out. ${scene === null ? "" : taskText(scene)}`,
  sources: [
    { label: "Vaswani et al. 2017", href: "https://arxiv.org/abs/1706.03762" },
    { label: "Nanda et al. 2023", href: "https://arxiv.org/abs/2301.05217" },
  ],
});

const perRow = 4;
const gap = 10;
const width = 420;

/** Attention patterns of all heads, averaged over some inputs. */
export function AttentionPanel({ inside }: { inside: Inside }) {
  const scene = inside.scene.value?.attention ?? null;
  const attention = inside.view.value?.attention ?? null;
  return (
    <PanelFrame
      text={textOf(inside.scene.value)}
      table={
        scene === null || attention === null
          ? undefined
          : () => ({
              caption: `Attention, averaged over ${scene.inputs} inputs`,
              columns: [
                "head, from",
                ...scene.positions.map((position, i) => `${i + 1}: ${position}`),
              ],
              rows: headsOf(scene).flatMap(({ name, offset }) =>
                scene.positions.map((position, from) => [
                  `${name}, ${from + 1}: ${position}`,
                  ...scene.positions.map((_, to) =>
                    to > from ? "" : formatShare(shareAt(attention, scene, offset, from, to)),
                  ),
                ]),
              ),
            })
      }
    >
      {(describedBy) =>
        scene !== null &&
        attention !== null && (
          <Patterns
            scene={scene}
            attention={attention}
            describedBy={describedBy}
            ablation={inside.scene.value?.ablation == null ? null : inside.ablation}
          />
        )
      }
    </PanelFrame>
  );
}

function Patterns({
  scene,
  attention,
  describedBy,
  ablation,
}: {
  scene: AttentionScene;
  attention: Uint8Array;
  describedBy: string;
  /** Null if heads cannot be taken out. */
  ablation: InsideAblation | null;
}) {
  const { positions } = scene;
  const heads = headsOf(scene);
  const columns = Math.min(perRow, heads.length);
  const isFine = positions.length > 8;
  const margin = isFine ? 0 : 16;
  const side = Math.min(isFine ? 300 : 150, (width - (columns - 1) * gap) / columns - margin);
  const block = { width: side + margin + gap, height: side + 40 };
  const rows = Math.ceil(heads.length / columns);
  const shift = (width - columns * block.width + gap) / 2;
  const size = side / positions.length;
  const frame = { width, height: rows * block.height };
  const cornerOf = (i: number) => ({
    x: shift + (i % columns) * block.width + margin,
    y: Math.floor(i / columns) * block.height + 18,
  });
  const areas = heads.map(({ name, offset }, i): PressArea => {
    const part = `head:${Math.floor(offset / scene.heads)}.${offset % scene.heads}`;
    return {
      ...cornerOf(i),
      width: side,
      height: side,
      label: `Take out ${name}`,
      isPressed: ablation?.removed.value.includes(part) ?? false,
      onPress: () => ablation?.toggle(part),
    };
  });
  return (
    <div class="picture">
      <Figure
        {...frame}
        label={heads
          .map(
            ({ name, offset }) =>
              `${name}: the last position looks at ${positions
                .map(
                  (position, to) =>
                    `${position} ${formatShare(shareAt(attention, scene, offset, positions.length - 1, to))}`,
                )
                .join(", ")}`,
          )
          .join(". ")}
        describedBy={describedBy}
      >
        {heads.map(({ name, offset }, i) => {
          const { x, y } = cornerOf(i);
          return (
            <g key={name}>
              <text x={x + side / 2} y={y - 6} class="key centre">
                {name}
              </text>
              {positions.map((_, from) =>
                positions.slice(0, from + 1).map((__, to) => {
                  const share = shareAt(attention, scene, offset, from, to);
                  return (
                    <g key={`${from} ${to}`}>
                      <rect
                        class="heat"
                        x={x + to * size}
                        y={y + from * size}
                        width={size - (isFine ? 0.3 : 1.5)}
                        height={size - (isFine ? 0.3 : 1.5)}
                        fill-opacity={0.04 + 0.96 * share}
                      />
                      {size >= 22 && (
                        <text
                          class={`cell-text centre middle${share > 0.45 ? " on-strong" : ""}`}
                          x={x + (to + 0.5) * size - 0.75}
                          y={y + (from + 0.5) * size}
                        >
                          {Math.round(100 * share)}
                        </text>
                      )}
                    </g>
                  );
                }),
              )}
              {positions.map((position, at) =>
                // Among many only the signs are named, which divide the others.
                isFine && /\d/.test(position) ? null : (
                  <g key={at}>
                    <text x={x - 5} y={y + (at + 0.5) * size} class="tick-text end middle">
                      {position}
                    </text>
                    <text x={x + (at + 0.5) * size} y={y + side + 13} class="tick-text centre">
                      {position}
                    </text>
                  </g>
                ),
              )}
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

function headsOf({ layers, heads }: AttentionScene): { name: string; offset: number }[] {
  return Array.from({ length: layers * heads }, (_, i) => ({
    name:
      layers > 1 ? `layer ${Math.floor(i / heads) + 1}, head ${(i % heads) + 1}` : `head ${i + 1}`,
    offset: i,
  }));
}

function shareAt(
  attention: Uint8Array,
  { positions }: AttentionScene,
  head: number,
  from: number,
  to: number,
): number {
  return (attention[(head * positions.length + from) * positions.length + to] ?? 0) / 255;
}
