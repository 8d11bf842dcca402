import { componentsOf } from "@grok/inspect";
import { highestFrequency } from "@grok/metrics";
import { type Assembly, ExperimentError, subjectOf } from "@grok/train";
import type { AblationScene } from "./ablation";
import type { TableScene } from "./scene";

/** What can be taken out of an experiment's network; null if nothing can, or there is no table to see it by. */
export function ablationSceneOf(
  assembly: Assembly,
  table: TableScene | null,
): AblationScene | null {
  if (table === null) return null;
  try {
    const { network, group } = subjectOf(assembly, {});
    const { heads, neurons } = componentsOf(network);
    const hasWaves = network.anatomy.embedding !== null && group !== null && group !== undefined;
    const frequencies = hasWaves ? highestFrequency(group.order) : 0;
    if (heads.length + neurons.length + frequencies === 0) return null;
    return { heads, neurons, highestFrequency: frequencies };
  } catch (error) {
    if (error instanceof ExperimentError) return null;
    throw error;
  }
}
