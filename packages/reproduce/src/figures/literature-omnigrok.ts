import { accuracyComparison, bandNote } from "../drawing/accuracy";
import { bandOver, publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { durationBecause, timesAround, unknownFactor } from "../judge/band";
import { stepOf, stepsBetween } from "../judge/measures";
import { certain } from "../judge/quantity";
import { omnigrokTest, omnigrokTraining } from "../published/omnigrok";
import { firstStep } from "../result/figure-run";

/** Training at a fixed weight norm takes the delay out of grokking. */
export const omnigrok: Figure = {
  id: "literature-omnigrok",
  title: "Omnigrok: at a fixed weight norm there is no delay",
  source: {
    text: "Liu et al. 2022, KindXiaoming/Omnigrok, mod-addition/grokking (constrained training, α = .8)",
    url: "https://arxiv.org/abs/2210.01117",
  },
  about:
    "The transformer of Nanda et al., begun at .8 of its weights and scaled back to that norm after each step, without weight decay. The notebook draws both accuracies on its first 500 steps, quite close together, against a gap of thousands of steps without the constraint.",
  seedsBecause: "5, as a run takes a minute.",
  arms: [
    {
      name: "runs",
      label: "omnigrok",
      spec: { preset: "omnigrok", flags: { steps: 3_000, "stop-on-grok": true } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 60,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Step of test accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "about 280, of the 500 steps that are drawn",
        value: 280,
        band: [0, 750],
        because:
          "the 500 steps that are drawn, and a factor of 1.5 for the seed; set before the plot itself was read and before our runs",
      },
    },
    {
      kind: "run",
      name: "Steps from training to test accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: (run) => {
        const [train, test] = [firstStep(run, "train_acc", 0.95), firstStep(run, "val_acc", 0.95)];
        return train === null || test === null ? null : certain(test - train);
      },
      published: {
        text: "about 25: “quite close together”, against thousands without the constraint",
        band: [0, 500],
        because: "the 500 steps that are drawn",
      },
    },
    {
      kind: "run",
      name: "Steps from 22% to 95% test accuracy",
      arms: ["runs"],
      unit: "steps",
      of: stepsBetween(0.22, 0.95),
      published: {
        text: "about 40 (20% at step 240, 96% at 280)",
        value: 40,
        band: timesAround(40, unknownFactor),
        because: durationBecause,
        isConvention: true,
      },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    accuracyComparison(
      [
        bandOver(runs, "train_acc", "training"),
        bandOver(runs, "val_acc", "test"),
        publishedCurve("published, training", omnigrokTraining),
        publishedCurve("published, test", omnigrokTest),
      ],
      {
        title: "Addition mod 113 at a fixed weight norm",
        subtitle: "In the form of Omnigrok's notebook, constrained norm, α = 0.8",
        scale: "linear",
        note: `${bandNote} ${captionOf(runs)}`,
      },
    ),
  notes: [
    "The notebook computes all of it in float64, ours the loss alone. Split and weights are draws of our own; it has one seed.",
  ],
};
