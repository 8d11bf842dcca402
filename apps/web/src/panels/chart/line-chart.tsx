import { useCallback } from "preact/hooks";
import { Figure } from "../figure/figure";
import { useWidth } from "../figure/use-width";
import { formatNumber, linearScale, logScale, type Scale } from "./scale";
import { stepScale } from "./step-scale";

/** A curve: values at steps; null and what is not finite is a gap. */
export interface Line {
  readonly name: string;
  /** The style sheet's name of its look. */
  readonly look: "train" | "rest" | "third" | "fourth" | "fourth-dashed" | "third-dashed";
  readonly steps: readonly number[];
  readonly values: readonly (number | null | undefined)[];
}

/** Settings of {@link LineChart}. */
export interface LineChartProps {
  readonly lines: readonly Line[];
  /** In pixels; it is as wide as there is room. */
  readonly height?: number;
  /** Whether values are spaced by their logarithm. */
  readonly isLog?: boolean;
  /** Whether the value axis begins at 0. */
  readonly isFromZero?: boolean;
  /** Whether steps are spaced by their logarithm. */
  readonly isLogSteps: boolean;
  readonly axis: string;
  /** Above the curves, where a panel has several charts. */
  readonly title?: string;
  /** The step that is looked at. */
  readonly marked: number | null;
  readonly label: string;
  readonly describedBy: string;
  /** Looks at the step under the pointer. */
  readonly onPick?: (step: number) => void;
}

/** Pixels below which a chart shrinks as a whole. */
const narrowest = 220;

const left = 46;
const right = 12;
const bottom = 34;

/** Curves over steps, with their values at the step that is looked at. */
export function LineChart({
  lines,
  height = 240,
  isLog = false,
  isFromZero = false,
  isLogSteps,
  axis,
  title,
  marked,
  label,
  describedBy,
  onPick,
}: LineChartProps) {
  const [root, room] = useWidth<HTMLDivElement>(420);
  const width = Math.max(narrowest, room);
  const head = title === undefined ? 0 : 20;
  const top = head + 16 + 16 * Math.ceil(lines.length / 2);
  // Where there is little room, keys may begin left of the curves.
  const keyLeft = width < 380 ? 4 : left;
  const steps = lines.flatMap((line) => line.steps);
  const first = steps.reduce((least, step) => Math.min(least, step), Number.POSITIVE_INFINITY);
  const last = steps.reduce((most, step) => Math.max(most, step), 0);
  const x = stepScale({ first, last }, isLogSteps, [left, width - right]);
  const y = valueScale(lines, isLog, isFromZero, [height - bottom, top]);
  const pick = useCallback(
    (event: PointerEvent) => {
      if (event.type === "pointermove" && event.buttons === 0) return;
      const area = (event.currentTarget as Element).getBoundingClientRect();
      const at = ((event.clientX - area.left) / area.width) * width;
      const all = [...new Set(steps)];
      const nearest = all.reduce((best, step) =>
        Math.abs(x.place(step) - at) < Math.abs(x.place(best) - at) ? step : best,
      );
      onPick?.(nearest);
    },
    [steps, x, width, onPick],
  );
  return (
    <div
      ref={root}
      class={onPick === undefined ? "" : "pickable"}
      onPointerDown={pick}
      onPointerMove={pick}
    >
      <Figure width={width} height={height} label={label} describedBy={describedBy}>
        {title !== undefined && (
          <text x={keyLeft} y={13} class="title">
            {title}
          </text>
        )}
        {y.ticks.map((tick) => (
          <g key={tick} class="tick">
            <line x1={left} x2={width - right} y1={y.place(tick)} y2={y.place(tick)} class="grid" />
            <text x={left - 6} y={y.place(tick)} class="end middle">
              {y.format(tick)}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text key={tick} x={x.place(tick)} y={height - bottom + 16} class="tick-text centre">
            {x.format(tick)}
          </text>
        ))}
        <line x1={left} x2={width - right} y1={height - bottom} y2={height - bottom} class="rule" />
        <text x={(left + width - right) / 2} y={height - 3} class="axis centre">
          step
        </text>
        <text
          x={11}
          y={(top + height - bottom) / 2}
          class="axis centre"
          transform={`rotate(-90 11 ${(top + height - bottom) / 2})`}
        >
          {axis}
        </text>
        {marked !== null && marked >= first && (
          <line
            class="marker"
            x1={x.place(Math.min(marked, last))}
            x2={x.place(Math.min(marked, last))}
            y1={top - 4}
            y2={height - bottom}
          />
        )}
        {lines.map((line) => (
          <path key={line.name} class={`line line-${line.look}`} d={pathOf(line, x, y)} />
        ))}
        {lines.map((line, i) => (
          <Key
            key={line.name}
            line={line}
            value={marked === null ? null : (pointAt(line, marked)?.value ?? null)}
            x={keyLeft + (i % 2) * ((width - keyLeft - right) / 2)}
            y={head + 14 + 16 * Math.floor(i / 2)}
          />
        ))}
        {lines.map((line) => {
          const point = marked === null ? null : pointAt(line, marked);
          return (
            point && (
              <circle
                key={line.name}
                class={`dot dot-${line.look}`}
                cx={x.place(point.step)}
                cy={y.place(point.value)}
                r={3}
              />
            )
          );
        })}
      </Figure>
    </div>
  );
}

function Key({ line, value, x, y }: { line: Line; value: number | null; x: number; y: number }) {
  return (
    <g>
      <line x1={x} x2={x + 16} y1={y - 4} y2={y - 4} class={`line line-${line.look}`} />
      <text x={x + 21} y={y} class="key">
        {line.name} {value === null ? "" : formatNumber(value)}
      </text>
    </g>
  );
}

/** The value at a step, or the last one before it, with the step that it is of. */
function pointAt({ steps, values }: Line, step: number): { step: number; value: number } | null {
  for (let i = steps.length - 1; i >= 0; i--) {
    const value = values[i];
    const at = steps[i] as number;
    if (at <= step && isThere(value)) return { step: at, value };
  }
  return null;
}

function isThere(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function valueScale(
  lines: readonly Line[],
  isLog: boolean,
  isFromZero: boolean,
  range: readonly [number, number],
): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { values } of lines) {
    for (const value of values) {
      if (!isThere(value) || (isLog && value <= 0)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(low <= high)) [low, high] = isLog ? [0.1, 1] : [0, 1];
  if (isLog) return logScale([low / 1.15, Math.max(high * 1.15, low * 1.5)], range, 5);
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return linearScale([isFromZero ? Math.min(0, low) : low - room, high + room], range, 4);
}

/** A path with gaps where values are missing; one between two gaps is a point. */
function pathOf({ steps, values }: Line, x: Scale, y: Scale): string {
  let path = "";
  let isDown = false;
  for (const [i, step] of steps.entries()) {
    const value = values[i];
    if (!isThere(value)) {
      isDown = false;
      continue;
    }
    path += `${isDown ? "L" : "M"}${x.place(step).toFixed(1)} ${y.place(value).toFixed(1)}`;
    if (!isDown && !isThere(values[i + 1])) path += "h0.01";
    isDown = true;
  }
  return path;
}
