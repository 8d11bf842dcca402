import { accuracyComparison } from "../drawing/accuracy";
import { bandOver, publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure, Source } from "../figure/figure";
import { finalOf } from "../judge/measures";
import { certain } from "../judge/quantity";
import { lastOf } from "../result/figure-run";

/** Where gpt-acc-jax is published. */
export const gptAccJaxSource: Source = {
  text: "yhavinga/gpt-acc-jax, README.md and REPORT.md",
  url: "https://github.com/yhavinga/gpt-acc-jax",
};

/** The 777-parameter adder at both published learning rates. */
export const gptAccJaxAdder: Figure = {
  id: "system-4-addition-777",
  title: "Ten-digit addition with 777 parameters",
  source: gptAccJaxSource,
  about:
    "Exact match by greedy decoding on 10,000 pairs, after 27,000 steps with a curriculum, at the two learning rates that are published. Training examples never come twice, so that this is a sharp transition of learning, and no memorisation that turns into generalisation.",
  seedsBecause: "5, as a run takes three to four minutes.",
  arms: [
    {
      name: "lr02",
      label: "learning rate 0.02",
      spec: { preset: "addition-777" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 200,
    },
    {
      name: "lr01",
      label: "learning rate 0.01",
      spec: { preset: "addition-777", flags: { lr: 0.01, "final-lr": 0.001 } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 200,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Exact match at the end, best seed, learning rate 0.02",
      arms: ["lr02"],
      unit: "share",
      of: finalOf("val_acc"),
      statistic: "greatest",
      published: {
        text: "0.9969 (one seed, chosen among 47 experiments)",
        band: [0.99, 1],
        because:
          "the bar that the source set itself: at least 99%; the published run is the best of many, so that the best seed is compared",
      },
    },
    {
      kind: "run",
      name: "Share of seeds with exact match ≥ 99%, learning rate 0.02",
      arms: ["lr02"],
      unit: "share",
      of: (run) => certain(lastOf(run, "val_acc") >= 0.99 ? 1 : 0),
      statistic: "mean",
      published: { text: "not reported", band: null, because: "nothing published" },
    },
    {
      kind: "order",
      name: "Learning rate 0.02 is better than 0.01",
      arms: ["lr01", "lr02"],
      of: finalOf("val_acc"),
      group: ({ arm }) =>
        arm === "lr01"
          ? { place: 0, label: "learning rate 0.01" }
          : { place: 1, label: "learning rate 0.02" },
      published: {
        text: "0.096 at 0.01, 0.9969 at 0.02 (one seed each)",
        band: null,
        because: "a rank test over seeds, p ≤ .05",
      },
    },
    {
      kind: "run",
      name: "Seconds of training, one thread of this machine",
      arms: ["lr02", "lr01"],
      unit: "seconds",
      of: ({ elapsed_sec }) => certain(elapsed_sec),
      published: {
        text: "about 10 minutes on a TPU v4-8",
        band: [0, 600],
        because: "no more than there; the machine is another",
      },
    },
  ],
  columns: ["val_acc"],
  draw: (runs) =>
    accuracyComparison(
      [
        ...(["lr02", "lr01"] as const).flatMap((arm) => {
          const own = runs.filter((run) => run.arm === arm);
          const label = arm === "lr02" ? "learning rate 0.02" : "learning rate 0.01";
          return own.map((run) => ({ ...bandOver([run], "val_acc", label), label }));
        }),
        publishedCurve("published, 0.02", [[27_000, 0.9969]]),
        publishedCurve("published, 0.01", [[27_000, 0.096]]),
      ],
      {
        title: "Ten-digit addition with 777 parameters: exact match",
        subtitle: "Each line a seed; published: yhavinga/gpt-acc-jax, one seed per learning rate",
        scale: "linear",
        note: `Exact match of greedy decoding on 10,000 pairs. The curriculum ends after 7,000 steps. ${captionOf(runs)}`,
      },
    ),
  notes: [
    "The weights' evolution: train with --keep-checkpoints log:4, and grok analyze RUN_DIR draws every weight at up to twelve checkpoints.",
    "Whether a seed is through at the end is much of it luck; the source ran one seed per setting.",
    "What a seed that fails has not learned is one digit (results/addition-777-digits.json): at rate .02, seeds 3 and 4 are right in 98% of pairs or more at every other digit and at chance in the tenth, so that exact match is a tenth; seed 2 misses the first digit and half of the tenth. The source's own failures end at 8 to 11% too.",
    "The source's code was read line by line and is the same in network, initial weights, loss, clipping, schedule, curriculum and decoding.",
    "On a TPU the source's products of float32 are taken in bfloat16 by default; ours are float32. That changes the noise of the gradients.",
    "That an answer is counted as right exactly where greedy decoding gets it right is tested in @grok/train (evaluator.test.ts).",
  ],
};
