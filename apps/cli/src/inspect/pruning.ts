import { pruneNeurons, type Subject, type SurveyRow } from "@grok/inspect";
import { addingWeights, hasAddingNeurons, neuronParticipation, Snapshot } from "@grok/metrics";
import type { Analysis } from "@grok/train/analysis";
import { UsageError } from "../usage-error";

/** What `--prune` ranks neurons by. */
export const prunings = ["ipr"] as const;

/** Shares of the neurons that are taken out from either end. */
const shares = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);

/**
 * The scores of a network without a tenth, two tenths … of its neurons, from the lowest and then from
 * the highest inverse participation ratio on.
 *
 * @throws UsageError for a network whose neurons have no such ratio
 */
export async function prunedRows(
  subject: Subject,
  { context }: Pick<Analysis, "context">,
): Promise<SurveyRow[]> {
  if (context === null || !hasAddingNeurons(context)) {
    throw new UsageError(
      "--prune ipr is about MLPs with one hidden layer that add two one-hot operands, as presets quadratic and order-parameters: the ratio is of the waves of their weights.",
    );
  }
  const ratios = neuronParticipation(
    await addingWeights(new Snapshot(context, subject.parameters)),
  );
  // A neuron without any weight computes nothing: it goes with the least orderly ones.
  const values = ratios.map((ratio) => (Number.isNaN(ratio) ? 0 : ratio));
  const rows: SurveyRow[] = [];
  for (const first of ["lowest", "highest"] as const) {
    for (const { pruned, score } of await pruneNeurons(subject, 0, values, { first, shares })) {
      rows.push({ name: `${first} ipr:${pruned}`, score });
    }
  }
  return rows;
}
