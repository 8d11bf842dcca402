import { accuracyAndLoss } from "../drawing/stored-rows";
import type { Figure } from "../figure/figure";
import { timesAround, transformerBecause, transformerFactor } from "../judge/band";
import { stepOf } from "../judge/measures";
import { paperDefault } from "../published/power-reproduction";

/** Power et al.'s network under AdamW with weight decay 1. */
export const powerReproductionPaperDefault: Figure = {
  id: "system-1-paper-default",
  title: "Division mod 97, AdamW with weight decay 1 (paper_default)",
  source: {
    text: "JohanLi233/grokking, runs/division_mod_97_pair_paper_default (seed 0), after Power et al. 2022, appendix A.1",
    url: "https://github.com/JohanLi233/grokking",
  },
  about:
    "Accuracy and loss over steps on a log scale. The source stores evaluations at steps 1, 1,000, 2,000 and 3,000.",
  seedsBecause: "5, as a run takes two to three minutes.",
  arms: [
    {
      name: "runs",
      label: "paper_default",
      spec: { preset: "paper_default", flags: { steps: 5_000 } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 145,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Step of training accuracy ≥ 99%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.99, "train_acc"),
      published: {
        text: "by 1,000 (its first evaluation)",
        band: [1, 1_000],
        because: "the source's first evaluation after step 1, at which it is there",
      },
    },
    {
      kind: "run",
      name: "Step of validation accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "between 2,000 (32%) and 3,000 (100%)",
        band: timesAround([2_000, 3_000], transformerFactor),
        because: transformerBecause,
      },
    },
  ],
  columns: ["train_acc", "val_acc", "train_loss", "val_loss"],
  draw: (runs) =>
    accuracyAndLoss(runs, paperDefault, {
      title: "Division mod 97, half of the table, AdamW with weight decay 1",
      subtitle: "Published: JohanLi233/grokking, seed 0",
    }),
  notes: [
    "In the source PyTorch copies one encoder layer, so that both layers begin with the same weights; they do here.",
    "The source's stored run stops at step 3,000 of 100,000; ours go to 5,000, so that a seed that comes later is seen.",
    "The source evaluates every 1,000 steps, ours every 100: its time of grokking is known to within 1,000 steps alone.",
  ],
};
