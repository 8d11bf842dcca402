import { styleOf, TRAINING, VALIDATION } from "../axes/palette";
import { type ColumnPanel, columnSheet, type StepSheetOptions } from "../layout/column-sheet";
import type { RunRecord } from "./run-record";

const structure: readonly ColumnPanel[] = [
  {
    title: "Gini of Fourier norms",
    axis: { label: "Gini coefficient", include: [0, 1] },
    curves: [
      { column: "gini_embedding", label: "embedding", style: TRAINING },
      { column: "gini_unembedding", label: "neurons to logits", style: VALIDATION },
    ],
  },
  {
    title: "Key frequencies of the logits",
    axis: { label: "frequencies", include: [0] },
    curves: [{ column: "key_frequencies", style: styleOf(4) }],
  },
  {
    title: "Length of all weights",
    axis: { label: "√Σw²", include: [0] },
    curves: [{ column: "weight_norm", style: styleOf(4) }],
  },
];

/**
 * How sparse a run's network becomes: the Gini coefficients of its Fourier norms, how many
 * frequencies its logits use, and the length of its weights, over steps, as an SVG file.
 *
 * @param records lines of metrics.jsonl or analysis.jsonl
 * @throws RangeError without records, or where they have none of these columns
 */
export function sparsityFigure(
  records: readonly RunRecord[],
  options: StepSheetOptions = {},
): string {
  const note =
    "Gini coefficients: Nanda et al. 2023, after Hurley & Rickard 2009; 0 where all Fourier components are equally long, near 1 where few hold all. Key frequencies: the fewest with 95% of the logits' power along cos and sin of w_{k}(a + b).";
  return columnSheet(records, structure, { note, ...options }, "sparsityFigure");
}
