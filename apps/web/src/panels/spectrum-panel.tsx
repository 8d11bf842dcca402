import { useCallback } from "preact/hooks";
import type { NetworkTrace } from "../network/trace";
import { formatShare, formatStep } from "./chart/scale";
import { stepScale } from "./chart/step-scale";
import { ranked } from "./circles-panel";
import { type Colors, mix } from "./colors";
import { Figure } from "./figure/figure";
import { type Inside, shownStep } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";

const text: PanelText = {
  id: "spectrum",
  title: "Which waves it is made of",
  lookFor:
    "At first the embedding holds a little of every frequency. As the rule forms, most of them fade and a handful of lines stay: the frequencies it computes with.",
  sources: [{ label: "Nanda et al. 2023", href: "https://arxiv.org/abs/2301.05217" }],
};

const frame = { width: 420, height: 380 };
const map = { x: 40, y: 8, width: 236, height: 332 };
const bars = { x: 286, width: 100 };
const pixelColumns = 236;

/** The embedding's power by frequency: over time, and at the step that is looked at. */
export function SpectrumPanel({ inside }: { inside: Inside }) {
  const waves = inside.view.value?.waves ?? null;
  const traces = inside.traces.value;
  return (
    <PanelFrame
      text={text}
      table={
        waves === null
          ? undefined
          : () => ({
              caption: `Share of the embedding's power by frequency at step ${formatStep(inside.view.value?.step ?? 0)}`,
              columns: ["frequency", "share", "key frequency"],
              rows: ranked(waves.embedding).map(({ frequency, share }) => [
                frequency,
                formatShare(share),
                waves.keys.includes(frequency) ? "yes" : "",
              ]),
            })
      }
    >
      {(describedBy) =>
        waves !== null && (
          <Spectrum
            traces={traces}
            power={waves.embedding}
            keys={waves.keys}
            isLogSteps={inside.isLogScale.value}
            marked={shownStep(inside)}
            describedBy={describedBy}
          />
        )
      }
    </PanelFrame>
  );
}

function Spectrum({
  traces,
  power,
  keys,
  isLogSteps,
  marked,
  describedBy,
}: {
  traces: readonly NetworkTrace[];
  power: Float32Array;
  keys: readonly number[];
  isLogSteps: boolean;
  marked: number | null;
  describedBy: string;
}) {
  const frequencies = power.length - 1;
  const first = traces[0]?.step ?? 0;
  const last = Math.max(first + 1, traces.at(-1)?.step ?? 1);
  const range = [map.x, map.x + map.width] as const;
  const steps = stepScale({ first, last }, isLogSteps, range);
  const paint = useCallback(
    (pixels: Uint8ClampedArray, colors: Colors) =>
      paintSpectra(pixels, colors, traces, frequencies, (column) =>
        traceAt(traces, stepScale({ first, last }, isLogSteps, [0, pixelColumns]).place, column),
      ),
    [traces, frequencies, first, last, isLogSteps],
  );
  const tall = map.height / frequencies;
  const top = (frequency: number) => map.y + map.height - frequency * tall;
  const shares = ranked(power);
  const largest = Math.max(0.1, shares[0]?.share ?? 1);
  const isFew = keys.length <= 10;
  const named = shares.slice(0, isFew ? keys.length : 0);
  const ticks = [
    1,
    ...Array.from({ length: 4 }, (_, i) => Math.round((frequencies * (i + 1)) / 4)),
  ];
  const label = `Spectrum of the embedding by frequency, 1 to ${frequencies}, over steps ${formatStep(first)} to ${formatStep(last)}. Strongest now: ${shares
    .slice(0, 5)
    .map(({ frequency, share }) => `${frequency} with ${formatShare(share)}`)
    .join(", ")}.`;
  return (
    <Figure
      {...frame}
      label={label}
      describedBy={describedBy}
      rasters={[{ ...map, columns: pixelColumns, rows: frequencies, paint, label }]}
    >
      {[...new Set(ticks)].map((tick) => (
        <text key={tick} x={map.x - 6} y={top(tick - 0.5)} class="tick-text end middle">
          {tick}
        </text>
      ))}
      {steps.ticks.map((tick) => (
        <text key={tick} x={steps.place(tick)} y={map.y + map.height + 16} class="tick-text centre">
          {steps.format(tick)}
        </text>
      ))}
      <text x={map.x + map.width / 2} y={frame.height - 4} class="axis centre">
        step
      </text>
      <text
        x={11}
        y={map.y + map.height / 2}
        class="axis centre"
        transform={`rotate(-90 11 ${map.y + map.height / 2})`}
      >
        frequency k
      </text>
      <text x={bars.x + bars.width / 2} y={frame.height - 4} class="axis centre">
        share at this step
      </text>
      <rect {...map} class="frame" />
      {marked !== null && marked >= first && (
        <line
          class="marker"
          x1={steps.place(Math.min(marked, last))}
          x2={steps.place(Math.min(marked, last))}
          y1={map.y}
          y2={map.y + map.height}
        />
      )}
      <line x1={bars.x} x2={bars.x} y1={map.y} y2={map.y + map.height} class="rule" />
      {shares.map(({ frequency, share }) => (
        <rect
          key={frequency}
          class={isFew && keys.includes(frequency) ? "bar bar-key" : "bar"}
          x={bars.x}
          y={top(frequency) + 0.12 * tall}
          width={Math.max(0.5, (bars.width * share) / largest)}
          height={0.76 * tall}
        />
      ))}
      {spread(named.map(({ frequency }) => ({ frequency, y: top(frequency - 0.5) }))).map(
        ({ frequency, y }) => (
          <text key={frequency} x={frame.width - 4} y={y} class="key end middle">
            {frequency}
          </text>
        ),
      )}
    </Figure>
  );
}

/** Labels moved apart where they would lie on each other, lowest frequency first. */
function spread(labels: { frequency: number; y: number }[]): { frequency: number; y: number }[] {
  let above = Number.POSITIVE_INFINITY;
  return labels
    .sort((one, other) => one.frequency - other.frequency)
    .map(({ frequency, y }) => {
      const at = Math.min(y, above - 12);
      above = at;
      return { frequency, y: at };
    });
}

/** The last trace that a column of pixels has reached. */
function traceAt(
  traces: readonly NetworkTrace[],
  place: (step: number) => number,
  column: number,
): NetworkTrace | undefined {
  return traces.findLast(({ step }) => place(step) <= column + 0.5) ?? traces[0];
}

/** A column for each pixel, the highest frequency on top; the darker the larger its share. */
function paintSpectra(
  pixels: Uint8ClampedArray,
  { surface, heat }: Colors,
  traces: readonly NetworkTrace[],
  frequencies: number,
  at: (column: number) => NetworkTrace | undefined,
): void {
  const painted = new Map<NetworkTrace, Float64Array>();
  for (const trace of traces) {
    const shares = new Float64Array(frequencies + 1);
    if (trace.power !== null) {
      for (const { frequency, share } of ranked(trace.power)) shares[frequency] = share;
    }
    painted.set(trace, shares);
  }
  for (let column = 0; column < pixelColumns; column++) {
    const trace = at(column);
    const shares = trace === undefined ? undefined : painted.get(trace);
    for (let row = 0; row < frequencies; row++) {
      // A share of a fifth is strong already; the power shows what is weak.
      const share = shares?.[frequencies - row] ?? 0;
      const [r, g, b] = mix(surface, heat, Math.min(1, (share / 0.2) ** 0.7));
      pixels.set([r, g, b, 255], 4 * (row * pixelColumns + column));
    }
  }
}
