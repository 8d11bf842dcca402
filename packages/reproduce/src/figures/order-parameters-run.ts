import { bandNote } from "../drawing/accuracy";
import { bandOver, publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { comparisonFigure } from "../drawing/figure-form";
import type { Arm, Figure, Source } from "../figure/figure";
import { mlpBecause, mlpFactor, timesAround } from "../judge/band";
import { finalOf, stepOf } from "../judge/measures";
import { certain } from "../judge/quantity";
import { firstStep } from "../result/figure-run";

/** Where the single run of ChanceSiyuan/grokking is published. */
export const orderParametersSource: Source = {
  text: "ChanceSiyuan/grokking, run_single --alpha 0 --weight-decay 1 --n-epochs 30000",
  url: "https://github.com/ChanceSiyuan/grokking",
};

/** Its runs, which two figures are drawn from. */
export const orderParametersArm: Arm = {
  name: "runs",
  label: "order-parameters, α = 0, λ = 1",
  spec: {
    preset: "order-parameters",
    flags: {
      alpha: 0,
      "weight-decay": 1,
      steps: 30_000,
      metrics: "order-parameters",
      "metrics-every": 5,
    },
  },
  seeds: [42, 0, 1, 2, 3],
  quick: { seeds: [42] },
  seconds: 420,
};

/** Test accuracy by step, read off the source's run. */
const published = [
  [200, 0],
  [7_000, 0.22],
  [9_000, 0.52],
  [11_000, 0.74],
  [13_000, 0.9],
  [14_600, 0.95],
  [30_000, 1],
] as const;

/** The run of ChanceSiyuan/grokking whose training curve is published. */
export const orderParametersRun: Figure = {
  id: "system-3-run",
  title: "Addition mod 97 by a one-hot MLP, α = 0, λ = 1",
  source: orderParametersSource,
  about:
    "Both accuracies over 30,000 full-batch steps: memorised at 200, and then a gradual rise of test accuracy over 10,000 steps.",
  seedsBecause: "5, as a run takes six minutes.",
  arms: [orderParametersArm],
  quantities: [
    {
      kind: "run",
      name: "t_mem: first logged step with training accuracy > 99%",
      arms: ["runs"],
      unit: "steps",
      of: ({ t_mem, steps }) => ({ value: t_mem ?? steps, happened: t_mem !== null }),
      published: {
        text: "200",
        band: [100, 400],
        because:
          "it is logged every 100 steps, so that 200 is anything over 100; a factor of 2 above",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "t_grok: first logged step with test accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "14,600",
        value: 14_600,
        band: timesAround(14_600, mlpFactor),
        because: `${mlpBecause} (an MLP on the same task; of this one no spread is known)`,
      },
    },
    {
      kind: "run",
      name: "How gradual the rise is: step of 90% over step of 22%",
      arms: ["runs"],
      unit: "",
      of: (run) => {
        const [from, to] = [firstStep(run, "val_acc", 0.22), firstStep(run, "val_acc", 0.9)];
        return from === null || to === null ? null : certain(to / from);
      },
      published: {
        text: "13,000 ÷ 7,000 = 1.86",
        band: timesAround(13 / 7, mlpFactor),
        because: mlpBecause,
      },
    },
    {
      kind: "run",
      name: "Test accuracy after 30,000 steps",
      arms: ["runs"],
      unit: "share",
      of: finalOf("val_acc"),
      published: { text: "1", band: [0.995, 1], because: "it is rounded to 100%" },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    comparisonFigure(
      [
        {
          quantity: "accuracy",
          curves: [
            bandOver(runs, "train_acc", "training"),
            bandOver(runs, "val_acc", "test"),
            publishedCurve("published, test", published),
          ],
        },
      ],
      {
        title: "Addition mod 97 by a one-hot MLP, α = 0, λ = 1",
        subtitle: "Published: ChanceSiyuan/grokking, seed 42",
        scale: "linear",
        note: `${bandNote} ${captionOf(runs)}`,
      },
    ),
  notes: [
    "The source evaluates after 1, 101, 201, … updates, ours after 1, 100, 200, ….",
    "Its split is NumPy's permutation by seed 42 and its weights PyTorch's; the seed of the same number here is another draw.",
  ],
};
