import { TRAINING, VALIDATION } from "../axes/palette";
import { type ColumnPanel, columnSheet, type StepSheetOptions } from "../layout/column-sheet";
import type { RunRecord } from "./run-record";

const both = (column: string) => [
  { column: `${column}_upstream`, label: "upstream (as coded)", style: TRAINING },
  { column, label: "corrected (literature)", style: VALIDATION },
];

const panels: readonly ColumnPanel[] = [
  {
    title: "Representation quality (RQI)",
    axis: { label: "share of parallelograms", include: [0, 0.1] },
    curves: both("rqi"),
  },
  {
    title: "Circularity of the embedding",
    axis: { label: "share in one wave", include: [0, 1] },
    curves: both("circularity"),
  },
  {
    title: "Effective rank, first weight",
    axis: { label: "dimensions", include: [0] },
    curves: both("effective_rank"),
  },
  {
    title: "Participation ratio, neurons",
    axis: { label: "dimensions", include: [0] },
    curves: both("participation_ratio"),
  },
  {
    title: "Tangent kernel alignment",
    axis: { label: "alignment", include: [0] },
    curves: both("kernel_alignment"),
  },
  {
    title: "Fourier signal to noise",
    axis: { label: "ratio (log scale)", scale: "log" },
    curves: both("snr"),
  },
  {
    title: "Inverse participation, neurons",
    axis: { label: "share in one frequency", include: [0, 1] },
    curves: [{ column: "ipr", label: "corrected (literature)", style: VALIDATION }],
  },
];

const sources =
  "Corrected: RQI, Liu et al. 2022; circularity, Zhong et al. 2023; effective rank, Roy & Vetterli 2007; participation ratio, tr(C)²/tr(C²); kernel alignment, Cortes et al. 2012, debiased by Nguyen et al. 2021; SNR, mean power of a key frequency over that of another; inverse participation ratio, Gromov 2023. Upstream: ChanceSiyuan/grokking, as coded. RQI is made for numbers on a line: for circles it stays near 0, and circularity is what moves.";

/**
 * The order parameters of a run over its steps, each as the literature has it (`rqi`, …) and as the
 * original codes it (`rqi_upstream`, …), as an SVG file. What no record has is left out.
 *
 * @param records lines of metrics.jsonl or analysis.jsonl
 * @throws RangeError without records, or where they have no order parameter
 */
export function orderParameterFigure(
  records: readonly RunRecord[],
  options: StepSheetOptions = {},
): string {
  return columnSheet(records, panels, { note: sources, ...options }, "orderParameterFigure");
}
