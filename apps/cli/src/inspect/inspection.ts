import {
  type AblationMode,
  maxSingleFrequencies,
  type Subject,
  type SubjectScore,
  type SurveyRow,
} from "@grok/inspect";
import type { ProcessEnv } from "../process-env";
import { count, loss, percent } from "../quantity";
import { styleFor } from "../terminal/style";
import { table } from "../terminal/table";

/** What `grok inspect --json` prints. */
export interface Inspection {
  run: string;
  step: number;
  /** What there is to take out. */
  heads: readonly number[];
  neurons: readonly number[];
  /** The key frequencies of the checkpoint; null if the task has none. */
  frequencies: readonly number[] | null;
  /** What was taken out, with what in its place; absent in a survey. */
  ablated?: readonly string[];
  kept_frequencies?: readonly number[];
  mode?: AblationMode;
  /** What neurons were pruned by; absent if none were. */
  pruned_by?: "ipr";
  /** What came from where; absent if nothing was patched. */
  patched?: readonly string[];
  patched_from?: string;
  rows: SurveyRow[];
}

/** What `grok inspect` prints without `--json`: what there is to take out, and a table. */
export function textOf(
  inspection: Inspection,
  { network }: Subject,
  { stdout, env }: ProcessEnv,
): string {
  const { run, step, heads, neurons, frequencies, rows } = inspection;
  const style = styleFor(stdout, env);
  const parts = [
    ...heads.map((each, layer) => `heads head:${layer}.0 … head:${layer}.${each - 1}`),
    ...neurons.map((each, layer) => `neurons neuron:${layer}.0 … neuron:${layer}.${each - 1}`),
    ...(frequencies === null || frequencies.length === 0
      ? []
      : frequencies.length > maxSingleFrequencies
        ? [`${frequencies.length} key frequencies, too many to take each out`]
        : [`key frequencies ${frequencies.join(", ")}`]),
  ];
  const columns = [
    "",
    "accuracy",
    "of training",
    "of validation",
    "loss",
    "of training",
    "of validation",
  ];
  const cells = ({
    accuracy,
    train_acc,
    val_acc,
    loss: all,
    train_loss,
    val_loss,
  }: SubjectScore) => [
    ...[accuracy, train_acc, val_acc].map(percent),
    ...[all, train_loss, val_loss].map(loss),
  ];
  return [
    `${run}, step ${count(step)}: ${network.anatomy.words}`,
    parts.length === 0
      ? "It names no parts that can be taken out."
      : `What can be taken out: ${parts.join("; ")}`,
    "",
    table(
      columns.map((title, i) => ({ title, align: i === 0 ? "left" : "right" })),
      rows.map(({ name, score }) => [labelOf(name, inspection), ...cells(score)]),
      style,
    ),
  ].join("\n");
}

/** A row in words. */
export function labelOf(name: string, inspection?: Inspection): string {
  switch (name) {
    case "whole":
      return "whole network";
    case "ablated": {
      const parts = [
        ...(inspection?.ablated ?? []),
        ...(inspection?.kept_frequencies === undefined ? [] : ["other frequencies"]),
      ];
      return parts.length === 0 ? "ablated" : `without ${parts.join(", ")}`;
    }
    case "patched":
      return "patched";
    case "only key frequencies":
      return name;
    case "key frequencies":
      return "without all key frequencies";
    case "other frequencies":
      return "without as many other frequencies";
    default: {
      const [, end, pruned] = /^(lowest|highest) ipr:(\d+)$/.exec(name) ?? [];
      if (pruned !== undefined) return `without the ${count(Number(pruned))} of ${end} IPR`;
      return `without ${name.replace(":", " ")}`;
    }
  }
}

/** What stands under the figure. */
export function noteOf({
  ablated,
  mode,
  patched,
  patched_from,
  kept_frequencies,
  pruned_by,
}: Inspection): string {
  const source =
    "Heads are taken out at what they mix, frequencies out of the embedding (Nanda et al. 2023).";
  if (pruned_by !== undefined) {
    return "Neurons are taken out by the inverse participation ratio (IPR) of their weights, 1 for a single frequency (Doshi et al. 2023); nothing is trained again.";
  }
  if (patched !== undefined) return `Patched: ${patched.join(", ")}, from ${patched_from}.`;
  if (ablated === undefined) return source;
  const kept =
    kept_frequencies === undefined
      ? ""
      : ` The embedding keeps frequencies ${kept_frequencies.join(", ") || "none"}.`;
  return `Ablated: ${ablated.join(", ") || "nothing else"}, replaced by ${mode}.${kept} ${source}`;
}
