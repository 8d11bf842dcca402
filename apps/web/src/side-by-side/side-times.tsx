import type { SideRun } from "./side-runs";
import { medianOf } from "./side-text";

const width = 700;
const rowHeight = 46;
const line = 34;

/** When the runs memorised and grokked, a dot each over the steps; a row for runs that differ in their seed only, with the median of grokking. */
export function SideTimes({ runs, steps }: { runs: readonly SideRun[]; steps: number }) {
  const at = (step: number) => 10 + (step / steps) * (width - 20);
  const groups = [...new Set(runs.map(({ group }) => group))];
  const ticks = Array.from({ length: 6 }, (_, i) => Math.round((i * steps) / 5));
  const height = groups.length * rowHeight + 18;
  const told = groups.map((group) => {
    const own = grokkedSteps(runs, group);
    return `${group === "" ? "" : `${group}: `}${own.join(", ") || "none yet"}`;
  });
  return (
    <svg
      class="side-times"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Steps at which these runs grokked: ${told.join("; ")}`}
    >
      {groups.map((group, row) => {
        const y = row * rowHeight + line;
        const grokked = grokkedSteps(runs, group);
        const median = grokked.length === 0 ? null : at(medianOf(grokked));
        return (
          <g key={group}>
            {group !== "" && (
              <text class="side-group" x={10} y={y - 20}>
                {group}
              </text>
            )}
            <line class="side-axis" x1={10} x2={width - 10} y1={y} y2={y} />
            {median !== null && (
              <line class="side-median" x1={median} x2={median} y1={y - 26} y2={y + 6} />
            )}
            {runs
              .filter((run) => run.group === group)
              .map(({ name, tMem, tGrok }) => (
                <g key={name}>
                  {tMem !== null && <circle class="side-mem" cx={at(tMem)} cy={y} r={5} />}
                  {tGrok !== null && <circle class="side-grok" cx={at(tGrok)} cy={y - 12} r={6} />}
                </g>
              ))}
          </g>
        );
      })}
      {ticks.map((tick) => (
        <text key={tick} x={at(tick)} y={height - 4} class="side-tick">
          {tick.toLocaleString("en")}
        </text>
      ))}
    </svg>
  );
}

function grokkedSteps(runs: readonly SideRun[], group: string): number[] {
  return runs
    .filter((run) => run.group === group)
    .flatMap(({ tGrok }) => tGrok ?? [])
    .toSorted((a, b) => a - b);
}
