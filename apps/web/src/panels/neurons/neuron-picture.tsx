import { useCallback } from "preact/hooks";
import type { NeuronView } from "../../network/ablation";
import type { TableScene } from "../../network/scene";
import { formatNumber, linearScale } from "../chart/scale";
import { type Colors, mix } from "../colors";
import { Figure } from "../figure/figure";

const frame = { width: 300, height: 312 };
const plot = { x: 34, y: 6, side: 256 };

/** A neuron's activation for every pair, a down and b across: the stronger the darker. */
export function NeuronPicture({
  view: { activations, neuron },
  table: { size },
  describedBy,
}: {
  view: NeuronView;
  table: TableScene;
  describedBy: string;
}) {
  const known = activations.filter((value) => !Number.isNaN(value));
  const low = known.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const paint = useCallback(
    (pixels: Uint8ClampedArray, colors: Colors) => {
      for (const [cell, value] of activations.entries()) {
        const share = Number.isNaN(value) ? 0 : (value - low) / (high - low || 1);
        const [r, g, b] = mix(colors.surface, colors.heat, share);
        pixels.set([r, g, b, Number.isNaN(value) ? 0 : 255], 4 * cell);
      }
    },
    [activations, low, high],
  );
  const cell = plot.side / size;
  const { ticks, place } = linearScale([0, size - 1], [cell / 2, plot.side - cell / 2], 4);
  const label = `Activation of neuron ${neuron + 1} for every pair, a down and b across, from ${formatNumber(low)} to ${formatNumber(high)}.`;
  return (
    <Figure
      {...frame}
      label={label}
      describedBy={describedBy}
      rasters={[
        {
          x: plot.x,
          y: plot.y,
          width: plot.side,
          height: plot.side,
          columns: size,
          rows: size,
          paint,
          label,
        },
      ]}
    >
      <rect x={plot.x} y={plot.y} width={plot.side} height={plot.side} class="frame" />
      {ticks.map((tick) => (
        <g key={tick}>
          <text x={plot.x - 5} y={plot.y + place(tick)} class="tick-text end middle">
            {tick}
          </text>
          <text x={plot.x + place(tick)} y={plot.y + plot.side + 15} class="tick-text centre">
            {tick}
          </text>
        </g>
      ))}
      <text
        x={10}
        y={plot.y + plot.side / 2}
        class="axis centre"
        transform={`rotate(-90 10 ${plot.y + plot.side / 2})`}
      >
        a
      </text>
      <text x={plot.x + plot.side / 2} y={frame.height - 4} class="axis centre">
        b
      </text>
    </Figure>
  );
}
