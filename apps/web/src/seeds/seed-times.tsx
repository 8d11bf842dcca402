import type { SeedRun } from "./seed-runs";
import { medianOf } from "./seeds-text";

const width = 700;
const height = 64;
const line = 34;

/** When the seeds memorised and grokked, a dot each over the steps, and the median of grokking. */
export function SeedTimes({ runs, steps }: { runs: readonly SeedRun[]; steps: number }) {
  const at = (step: number) => 10 + (step / steps) * (width - 20);
  const grokked = runs.flatMap(({ tGrok }) => tGrok ?? []).toSorted((a, b) => a - b);
  const median = grokked.length === 0 ? null : medianOf(grokked);
  const ticks = Array.from({ length: 6 }, (_, i) => Math.round((i * steps) / 5));
  return (
    <svg
      class="seed-times"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Steps at which seeds grokked: ${grokked.join(", ") || "none yet"}`}
    >
      <line class="seed-axis" x1={10} x2={width - 10} y1={line} y2={line} />
      {ticks.map((tick) => (
        <text key={tick} x={at(tick)} y={line + 22} class="seed-tick">
          {tick.toLocaleString("en")}
        </text>
      ))}
      {median !== null && (
        <line class="seed-median" x1={at(median)} x2={at(median)} y1={line - 26} y2={line + 6} />
      )}
      {runs.map(({ seed, tMem, tGrok }) => (
        <g key={seed}>
          {tMem !== null && <circle class="seed-mem" cx={at(tMem)} cy={line} r={5} />}
          {tGrok !== null && <circle class="seed-grok" cx={at(tGrok)} cy={line - 12} r={6} />}
        </g>
      ))}
    </svg>
  );
}
