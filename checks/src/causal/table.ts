import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { max, median, min } from "d3-array";
import { root } from "../packages.ts";

/** A run as results/NAME.json has it. */
interface CausalRun {
  readonly change: string | null;
  readonly seed: number;
  readonly status: string;
  readonly t_mem: number | null;
  readonly t_grok: number | null;
  readonly t_ungrok: number | null;
  readonly final_val_acc: number | null;
}

/** What came of an experiment. */
export interface CausalResult {
  readonly command: string;
  readonly runs: readonly CausalRun[];
}

export async function readResult(name: string): Promise<CausalResult> {
  return JSON.parse(await readFile(join(root, `results/${name}.json`), "utf8")) as CausalResult;
}

/** The table of an experiment as the guide has it: a row per future, over its seeds. */
export function tableOf({ runs }: CausalResult): string {
  const changes = [...new Set(runs.map(({ change }) => change))];
  const rows = changes.map((change) => {
    const own = runs.filter((run) => run.change === change);
    const grokked = own.filter(({ t_grok }) => t_grok !== null);
    const finals = own.map(({ final_val_acc }) => 100 * (final_val_acc ?? 0));
    return [
      change === null ? "none" : `\`${change}\``,
      `${grokked.length} of ${own.length}`,
      spread(grokked.map(({ t_grok }) => t_grok ?? 0)),
      String(own.filter(({ t_ungrok }) => t_ungrok !== null).length),
      spread(finals.map((value) => Math.round(10 * value) / 10)),
    ];
  });
  const titles = ["change", "grokked", "t_grok", "forgot", "final validation accuracy (%)"];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(titles), line(["---", "---:", "---:", "---:", "---:"]), ...rows.map(line)].join(
    "\n",
  );
}

/** The median of a few numbers, with the least and the greatest. */
function spread(values: readonly number[]): string {
  if (values.length === 0) return "–";
  const text = (value: number) => value.toLocaleString("en-US");
  const [least, middle, greatest] = [min(values), median(values), max(values)] as number[];
  return `${text(middle as number)} (${text(least as number)} to ${text(greatest as number)})`;
}
