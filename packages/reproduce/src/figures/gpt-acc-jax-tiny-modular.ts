import { accuracyComparison } from "../drawing/accuracy";
import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { finalOf, stepOf } from "../judge/measures";
import { certain } from "../judge/quantity";

/** The 777-parameter block on modular addition, of which the notebook reports nothing. */
export const gptAccJaxTinyModular: Figure = {
  id: "system-4-tiny-modular",
  title: "Does a network of 1,162 parameters grok addition mod 97?",
  source: {
    text: "menonpg/tiny-transformers, notebooks/grokking_arithmetic.ipynb (no outputs)",
    url: "https://github.com/menonpg/tiny-transformers",
  },
  about:
    "The block of the 777-parameter adder on addition mod 97, with the notebook's learning rate .02 and weight decay 1. The notebook was published without results, so that there is nothing to judge; ours answers its question.",
  seedsBecause: "5, as a run takes a quarter of an hour.",
  arms: [
    {
      name: "runs",
      label: "tiny-modular",
      spec: { preset: "tiny-modular" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 810,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Step of validation accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.95),
      published: { text: "no result reported", band: null, because: "nothing published" },
    },
    {
      kind: "run",
      name: "Best validation accuracy",
      arms: ["runs"],
      unit: "share",
      of: ({ best_val_acc }) => certain(best_val_acc ?? Number.NaN),
      published: { text: "no result reported", band: null, because: "nothing published" },
    },
    {
      kind: "run",
      name: "Training accuracy at the end",
      arms: ["runs"],
      unit: "share",
      of: finalOf("train_acc"),
      published: { text: "no result reported", band: null, because: "nothing published" },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    accuracyComparison(
      [bandOver(runs, "train_acc", "training"), bandOver(runs, "val_acc", "validation")],
      {
        title: "Addition mod 97 with 1,162 parameters",
        subtitle: "The notebook of menonpg/tiny-transformers, which reports no result",
        note: `Median over seeds, with the quartiles as a band. ${captionOf(runs)}`,
      },
    ),
  notes: [
    "The preset follows the notebook: batches of 512, 10 steps per epoch, cosine from .02 to 1e-5 over 1,000,000 steps. Its GELU is exact, ours the tanh form.",
    "While the learning rate is near .02, weight decay 1 takes 2% of every weight at each step: within a few thousand steps the network falls back to chance. The same configuration written again in PyTorch does the same (results/tiny-modular-beginning.json), so that it is the configuration's doing. It does not come back as the learning rate falls.",
  ],
};
