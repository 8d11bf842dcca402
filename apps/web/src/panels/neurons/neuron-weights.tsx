import type { NeuronView } from "../../network/ablation";
import type { TableScene } from "../../network/scene";
import { formatNumber, linearScale } from "../chart/scale";
import { Figure } from "../figure/figure";

const frame = { width: 420, height: 312 };
const left = 52;
const right = 8;
const tall = 78;
const gap = 22;

/** What each a and each b adds to a neuron, and what the neuron adds to each answer. */
export function NeuronWeights({
  view: { inputs, outputs },
  table: { size },
  describedBy,
}: {
  view: NeuronView;
  table: TableScene;
  describedBy: string;
}) {
  const rows = [
    { title: "in, from a", values: inputs[0] },
    { title: "in, from b", values: inputs[1] },
    ...(outputs === null ? [] : [{ title: "out, to each answer", values: outputs }]),
  ];
  const extremes = rows.map(({ title, values }) => {
    const [low, high] = rangeOf(values);
    return `${title}: ${formatNumber(low)} to ${formatNumber(high)}`;
  });
  const x = linearScale([0, size - 1], [left, frame.width - right], 5);
  return (
    <Figure
      {...frame}
      label={`Weights of the neuron. ${extremes.join("; ")}.`}
      describedBy={describedBy}
    >
      {rows.map(({ title, values }, i) => {
        const top = 14 + i * (tall + gap);
        const [low, high] = rangeOf(values);
        const y = linearScale([low, high], [top + tall, top], 3);
        const path = Array.from(
          values,
          (value, at) => `${x.place(at).toFixed(1)},${y.place(value).toFixed(1)}`,
        );
        return (
          <g key={title}>
            <text x={left} y={top - 4} class="key">
              {title}
            </text>
            {[low, high].map((edge) => (
              <text key={edge} x={left - 6} y={y.place(edge)} class="tick-text end middle">
                {formatNumber(Number(edge.toPrecision(2)))}
              </text>
            ))}
            {low < 0 && high > 0 && (
              <line
                x1={left}
                x2={frame.width - right}
                y1={y.place(0)}
                y2={y.place(0)}
                class="grid"
              />
            )}
            <polyline points={path.join(" ")} class="line line-third" />
          </g>
        );
      })}
      {x.ticks.map((tick) => (
        <text
          key={tick}
          x={x.place(tick)}
          y={14 + rows.length * (tall + gap) - 6}
          class="tick-text centre"
        >
          {tick}
        </text>
      ))}
    </Figure>
  );
}

function rangeOf(values: Float32Array): [low: number, high: number] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return high > low ? [low, high] : [low - 1, high + 1];
}
