import type { ProcessEnv } from "../process-env";
import { count, percent } from "../quantity";
import { styleFor } from "../terminal/style";
import { table } from "../terminal/table";
import type { Lottery } from "./lottery";

/** Groups that neurons are told in, by the lead of the predicted frequency. */
const groups = 4;

/** What `grok inspect --lottery` prints without `--json`. */
export function lotteryText(
  { run, step, chance, neurons }: Lottery,
  { stdout, env }: ProcessEnv,
): string {
  const ordered = [...neurons].sort((one, other) => one.lead - other.lead);
  const parts = Array.from({ length: groups }, (_, i) =>
    ordered.slice(
      Math.floor((i * ordered.length) / groups),
      Math.floor(((i + 1) * ordered.length) / groups),
    ),
  ).filter((part) => part.length > 0);
  const rightOf = (part: Lottery["neurons"]) =>
    part.filter(({ frequency, predicted }) => frequency === predicted).length;
  const sharesOf = (part: Lottery["neurons"]) =>
    part.reduce((sum, { share }) => sum + share, 0) / part.length;
  return [
    `${run}, step ${count(step)}: ${count(rightOf(neurons))} of ${count(neurons.length)} neurons (${percent(rightOf(neurons) / neurons.length)}) have the frequency that gradient flow predicts from their initial weights; ${percent(chance)} would by chance.`,
    "",
    table(
      [
        { title: "lead of the predicted frequency", align: "left" },
        { title: "neurons", align: "right" },
        { title: "as predicted", align: "right" },
        { title: "share of the frequency", align: "right" },
      ],
      parts.map((part) => [
        `${(part[0]?.lead ?? 1).toFixed(2)} to ${(part.at(-1)?.lead ?? 1).toFixed(2)}`,
        count(part.length),
        percent(rightOf(part) / part.length),
        percent(sharesOf(part)),
      ]),
      styleFor(stdout, env),
    ),
    "",
  ].join("\n");
}
