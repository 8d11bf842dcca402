import { type ComparedCurve, comparisonFigure } from "@grok/plot";
import type { CheckpointAnalysis } from "@grok/train/analysis";
import { type Drawings, minForCurves, tooFew } from "./analysed-source";

/** Heads and frequencies that are drawn each; of more, those that matter most at the end. */
const maxParts = 6;

/** When each head and each key frequency of a network became necessary. */
export const ablationDrawing: Drawings[string] = (sources) => {
  const records = sources.run.analysed.filter(({ ablation_parts: parts }) => parts !== undefined);
  if (records.length === 0) {
    return { reason: "no checkpoint was analyzed without its parts, as --metrics ablation does" };
  }
  if (records.length < minForCurves) return tooFew;
  const accuracyOf = (part: string, { ablation_parts, ablation_accuracy }: CheckpointAnalysis) =>
    ablation_accuracy?.[ablation_parts?.indexOf(part) ?? -1];
  const last = records.at(-1) as CheckpointAnalysis;
  const parts = last.ablation_parts ?? [];
  const curve = (part: string, label: string): ComparedCurve => ({
    label,
    isPublished: part === "whole",
    points: records.flatMap((record) => {
      const value = accuracyOf(part, record);
      return value === undefined
        ? []
        : [{ step: record.step, center: value, low: value, high: value }];
    }),
  });
  const needed = (kind: string) =>
    parts
      .filter((part) => part.startsWith(`${kind}:`))
      .sort((a, b) => (accuracyOf(a, last) ?? 0) - (accuracyOf(b, last) ?? 0))
      .slice(0, maxParts)
      .sort((a, b) => parts.indexOf(a) - parts.indexOf(b));
  const panelOf = (title: string, names: readonly [part: string, label: string][]) => ({
    title,
    quantity: "accuracy" as const,
    curves: [curve("whole", "whole network"), ...names.map(([part, label]) => curve(part, label))],
  });
  const heads = needed("head").map((part): [string, string] => [
    part,
    `without ${part.replace(":", " ")}`,
  ]);
  const keys = needed("frequency").map((part): [string, string] => [
    part,
    `without ${part.replace(":", " ")}`,
  ]);
  const together: [string, string][] = [
    ["key frequencies", "without all key frequencies"],
    ["only key frequencies", "only key frequencies"],
    ["other frequencies", "without as many others"],
  ];
  const panels = [
    ...(heads.length === 0
      ? []
      : [panelOf("Each head", [...heads, ["all heads", "without all heads"]])]),
    ...(keys.length === 0 ? [] : [panelOf("Each key frequency", keys)]),
    ...(keys.length === 0 ? [] : [panelOf("Key frequencies together", together)]),
  ];
  const { title, subtitle, scale } = sources.overSteps("When each part became necessary");
  return {
    svg: comparisonFigure(panels, {
      title,
      subtitle,
      scale,
      columns: 1,
      note: "Accuracy on all examples without a part. Heads are taken out at what they mix, frequencies (the key frequencies of the end) out of the embedding (Nanda et al. 2023). One network (N = 1).",
    }),
  };
};
