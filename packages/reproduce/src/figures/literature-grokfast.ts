import { accuracyComparison, bandNote } from "../drawing/accuracy";
import { bandOver, publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import {
  timesAround,
  transformerBecause,
  transformerFactor,
  unknownBecause,
  unknownFactor,
} from "../judge/band";
import { stepOf } from "../judge/measures";
import type { RunQuantity } from "../judge/quantity";

const arms = [
  ["ma", "Grokfast-MA", 790],
  ["ema", "Grokfast-EMA", 910],
  ["baseline", "Adam", 39_890],
] as const;

function time(arm: string, label: string, published: number): RunQuantity {
  const isSlow = arm === "baseline";
  return {
    kind: "run",
    name: `Iterations to validation accuracy ≥ 95%, ${label}`,
    arms: [arm],
    unit: "steps",
    of: stepOf(0.95),
    published: {
      text: published.toLocaleString("en-US"),
      value: published,
      band: timesAround(published, isSlow ? unknownFactor : transformerFactor),
      because: isSlow ? `${unknownBecause} (no weight decay)` : transformerBecause,
      isConvention: isSlow,
    },
  };
}

/** Grokfast's speed-up on multiplication mod 97. */
export const grokfast: Figure = {
  id: "literature-grokfast",
  title: "Grokfast: multiplication mod 97 with amplified slow gradients",
  source: {
    text: "Lee et al. 2024, figure 2 and table 1; ironjr/grokfast",
    url: "https://arxiv.org/abs/2405.20233",
  },
  about:
    "Iterations to 95% validation accuracy on x·y mod 97 under Adam, with the moving average (window 100, λ 5, weight decay .01) and with the exponential one (α .98, λ 2, weight decay .005): the paper's speed-up is about 50 and 44 times.",
  seedsBecause: "5, as a run takes under a minute with Grokfast, and twenty without.",
  arms: [
    {
      name: "ma",
      label: "Grokfast-MA",
      spec: { preset: "grokfast-ma" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 40,
    },
    {
      name: "ema",
      label: "Grokfast-EMA",
      spec: { preset: "grokfast-ema" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 40,
    },
    {
      name: "baseline",
      label: "Adam",
      spec: { preset: "grokfast-baseline" },
      seeds: [0, 1, 2, 3, 4],
      // Without it nothing would be said of a speed-up.
      quick: { seeds: [0] },
      seconds: 1_200,
    },
  ],
  quantities: [
    ...arms.map(([arm, label, published]) => time(arm, label, published)),
    {
      kind: "order",
      name: "Adam takes longer than either",
      arms: ["ma", "ema", "baseline"],
      of: stepOf(0.95),
      group: ({ arm }) =>
        arm === "baseline" ? { place: 1, label: "Adam" } : { place: 0, label: "Grokfast" },
      published: {
        text: "39,890 against 790 and 910",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    accuracyComparison(
      [
        ...arms.map(([arm, label]) =>
          bandOver(
            runs.filter((run) => run.arm === arm),
            "val_acc",
            `${label}, validation`,
          ),
        ),
        ...arms.map(([, label, step]) => publishedCurve(`published, ${label}`, [[step, 0.95]])),
      ],
      {
        title: "Multiplication mod 97, with and without Grokfast",
        subtitle: "Published: Lee et al. 2024, one seed each",
        note: `${bandNote} ${captionOf(runs)}`,
      },
    ),
  notes: [
    "Read off the source's code: b from 1, Adam with L2 decay, batches of 512 with a last one of 48, the first update with learning rate 0, a block's first norm in the place of the state.",
    "The paper's GELU is exact and ours its tanh form, at most 5·10⁻⁴ apart.",
    "Runs stop when they have grokked; the paper's continue.",
  ],
};
