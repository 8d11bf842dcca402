import type { TableScene } from "../../network/scene";
import type { PairLook } from "../../network/view";
import { formatNumber } from "../chart/scale";
import { inputOf } from "./input";

const width = 460;
const height = 100;
const base = 82;

/** The logit of every answer, the right one marked. */
export function LogitStrip({
  look,
  table,
  what,
}: {
  look: PairLook;
  table: TableScene;
  what: "logit" | "output";
}) {
  const { answer } = inputOf(table, look);
  const { size, names, firstClass } = table;
  const rightName = answer === null ? "none" : names[answer];
  const logits = look.logits.subarray(firstClass, firstClass + size);
  const low = Math.min(...logits);
  const high = Math.max(...logits);
  const bar = width / size;
  const right = answer === null ? Number.NaN : (logits[answer] as number);
  return (
    <svg
      class="logits"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${what === "logit" ? "Logits" : "Outputs"} of all ${size} answers, from ${formatNumber(low)} to ${formatNumber(high)}; that of the right answer ${rightName} is ${formatNumber(right)}.`}
    >
      <text x={0} y={10} class="axis">
        {what} of each answer
      </text>
      {Array.from(logits, (logit, i) => {
        const tall = (60 * (logit - low)) / (high - low || 1);
        return (
          <rect
            key={i}
            class={i === answer ? "logit-right" : "logit"}
            x={i * bar + 0.15 * bar}
            y={base - tall}
            width={0.7 * bar}
            height={Math.max(0.6, tall)}
          />
        );
      })}
      <line x1={0} x2={width} y1={base + 0.5} y2={base + 0.5} class="rule" />
      {answer !== null && (
        <text
          x={Math.min(width - 14, Math.max(14, (answer + 0.5) * bar))}
          y={height - 4}
          class="tick-text centre"
        >
          {rightName}
        </text>
      )}
    </svg>
  );
}
