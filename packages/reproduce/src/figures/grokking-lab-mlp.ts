import { powerLaw } from "@grok/metrics/statistics";
import { accuracyComparison, bandNote } from "../drawing/accuracy";
import { bandOver, publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { grokTimeFigure } from "../drawing/figure-form";
import { timeSeries } from "../drawing/times";
import type { Figure } from "../figure/figure";
import { durationBecause, mlpBecause, mlpFactor, timesAround, unknownFactor } from "../judge/band";
import { finalOf, stepOf, stepsBetween } from "../judge/measures";
import { type Planned, type RunQuantity, timeOf } from "../judge/quantity";
import { mlpCurves, mlpLaw, mlpTimes } from "../published/grokking-lab";
import { type FigureRun, firstStep } from "../result/figure-run";

const source = {
  text: "taot/grokking-lab, results/mlp/README.md and its stored runs",
  url: "https://github.com/taot/grokking-lab",
};

/** A time of the source's table, judged by the median of ours. */
function time(arm: string, level: number, published: number): RunQuantity {
  return {
    kind: "run",
    name: `Step of validation accuracy ≥ ${100 * level}%`,
    arms: [arm],
    unit: "steps",
    of: stepOf(level),
    published: {
      text: published.toLocaleString("en-US"),
      value: published,
      band: timesAround(published, mlpFactor),
      because: mlpBecause,
    },
  };
}

/** How long the rise takes between two levels that the source's curve passes. */
function rise(arm: string, [from, to]: readonly [number, number], published: number): RunQuantity {
  return {
    kind: "run",
    name: `Steps from ${100 * from}% to ${100 * to}% validation accuracy`,
    arms: [arm],
    unit: "steps",
    of: stepsBetween(from, to),
    published: {
      text: published.toLocaleString("en-US"),
      value: published,
      band: timesAround(published, unknownFactor),
      because: durationBecause,
      isConvention: true,
    },
  };
}

function curves(
  fraction: keyof typeof mlpCurves,
  runs: readonly FigureRun[],
  quick: { readonly isLinear: boolean },
): Promise<string> {
  const published = mlpCurves[fraction];
  return accuracyComparison(
    [
      bandOver(runs, "train_acc", "training"),
      bandOver(runs, "val_acc", "validation"),
      publishedCurve(
        "published, training",
        published.map(([step, training]) => [step, training] as const),
      ),
      publishedCurve(
        "published, validation",
        published.map(([step, , validation]) => [step, validation] as const),
      ),
    ],
    {
      title: `Addition mod 97 by an MLP, ${100 * Number(fraction)}% of the table`,
      subtitle: "Published: taot/grokking-lab, seed 0",
      scale: quick.isLinear ? "linear" : "log",
      note: `${bandNote} ${captionOf(runs)}`,
    },
  );
}

/** The run at .45: memorised at once, generalised some 250,000 steps later. */
export const grokkingLabCurve: Figure = {
  id: "system-2-mlp-45",
  title: "Addition mod 97 by an MLP, 45% of the table",
  source,
  about:
    "Accuracies over steps, and the steps at which validation accuracy passes 10, 50, 90 and 99%.",
  seedsBecause: "5, as a run takes eleven minutes.",
  arms: [
    {
      name: "runs",
      label: "mlp",
      spec: { preset: "mlp" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1] },
      seconds: 680,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Step of training accuracy ≥ 99.99%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.9999, "train_acc"),
      published: {
        text: "500 to 800",
        band: timesAround([500, 800], mlpFactor),
        because: `${mlpBecause}; evaluations are 200 steps apart`,
      },
    },
    time("runs", 0.1, 181_800),
    time("runs", 0.5, 219_800),
    time("runs", 0.9, 247_200),
    time("runs", 0.99, 267_400),
    rise("runs", [0.1, 0.9], 247_200 - 181_800),
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) => curves("0.45", runs, { isLinear: true }),
  notes: [
    "Configuration, initial weights, sampling and evaluation were checked against the source and are the same; the random stream alone differs.",
  ],
};

/** The run at .25, which takes a million steps. */
export const grokkingLabSmall: Figure = {
  id: "system-2-mlp-25",
  title: "Addition mod 97 by an MLP, 25% of the table",
  source,
  about: "As for 45% of the table, with a plateau of a million steps.",
  seedsBecause: "2, as a run takes an hour.",
  arms: [
    {
      name: "runs",
      label: "mlp",
      spec: { preset: "mlp", flags: { "train-fraction": 0.25, steps: 1_500_000 } },
      seeds: [0, 1],
      quick: null,
      seconds: 3_400,
    },
  ],
  quantities: [
    time("runs", 0.1, 944_500),
    time("runs", 0.5, 1_028_000),
    time("runs", 0.9, 1_083_000),
    time("runs", 0.99, 1_126_000),
    rise("runs", [0.1, 0.9], 1_083_000 - 944_500),
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) => curves("0.25", runs, { isLinear: true }),
  notes: ["The source ran a second seed here: 1,054,000 steps to 99%."],
};

/** The run at .50, which the source ended before it was through. */
export const grokkingLabHalf: Figure = {
  id: "system-2-mlp-50",
  title: "Addition mod 97 by an MLP, half of the table",
  source,
  about: "As for 45% of the table; the source's run ends at 90% after 200,000 steps.",
  seedsBecause: "5, as a run takes eight minutes.",
  arms: [
    {
      name: "runs",
      label: "mlp",
      spec: { preset: "mlp", flags: { "train-fraction": 0.5, steps: 200_000 } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 455,
    },
  ],
  quantities: [
    time("runs", 0.1, 149_800),
    time("runs", 0.5, 176_000),
    rise("runs", [0.1, 0.5], 176_000 - 149_800),
    {
      kind: "run",
      name: "Validation accuracy after 200,000 steps",
      arms: ["runs"],
      unit: "share",
      of: finalOf("val_acc"),
      published: {
        text: "0.9016 (and .9 at 200,000 steps)",
        band: [0.5, 1],
        because:
          "the curve is steep there: the source's is at .5 after 176,000 steps, and a factor of 1.3 in time, as for the steps, leaves anything from that to 1",
      },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) => curves("0.5", runs, { isLinear: true }),
  notes: ["The source calls its run undertrained: it ends before it is through."],
};

const fraction = (run: Planned) => run.settings["train-fraction"] as number;

/** Arms of the table: the steps that the source gave each fraction. */
const table = [
  [0.25, 1_500_000, 3_400],
  [0.3, 800_000, 1_820],
  [0.35, 500_000, 1_140],
  [0.4, 400_000, 910],
  [0.45, 300_000, 680],
  [0.5, 200_000, 455],
] as const;

/** Steps of validation accuracy ≥ .99, and ≥ .9 as the source's figure has it, against the fraction. */
export const grokkingLabFractions: Figure = {
  id: "system-2-train-fraction",
  title: "Grok step of an MLP against train fraction, and its power law",
  source,
  about:
    "The source's table over train fractions .25 to .50, and the power law that it fits to the steps of validation accuracy ≥ 99%. Judged is the law's exponent, by censored regression on all our runs, with the errors of least squares on both sides.",
  seedsBecause: "5 per fraction where a run takes less than half an hour, and 1 at .25 and .30.",
  arms: table.map(([value, steps, seconds]) => ({
    name: `f${100 * value}`,
    label: `${100 * value}%`,
    spec: { preset: "mlp", flags: { steps }, grid: { "train-fraction": [value] } },
    seeds: seconds < 1_800 ? [0, 1, 2, 3, 4] : [0],
    // The law shows over part of the table, too.
    quick: { seeds: value >= 0.4 ? [0] : [] },
    seconds,
  })),
  quantities: [
    {
      kind: "joint",
      name: "Exponent of step₉₉ against fraction",
      arms: table.map(([value]) => `f${100 * value}`),
      unit: "",
      of: stepOf(0.99),
      over: (runs) => {
        const law = powerLaw(
          runs.map(({ run, measured: { value, happened } }) => {
            return { x: fraction(run), time: value, happened };
          }),
        );
        return (
          law && {
            value: law.exponent,
            error: law.exponentError,
            degrees: law.degrees,
            interval: law.exponentInterval,
          }
        );
      },
      published: {
        text: "−2.41 ± .14 (standard error of least squares, 3 degrees of freedom; step₉₉ ≈ 37,316 · fraction^−2.41)",
        band: [-2.41 - 0.45, -2.41 + 0.45],
        because:
          "± .45: the slope's standard error in the source's own five points is .14, and Student's quantile with three degrees of freedom 3.18",
      },
    },
    {
      kind: "order",
      name: "The more data, the sooner",
      arms: table.map(([value]) => `f${100 * value}`),
      of: (run) => timeOf(firstStep(run, "val_acc", 0.9), run.steps),
      group: (run) => ({ place: -fraction(run), label: `${100 * fraction(run)}%` }),
      published: {
        text: "1,083,000 steps to 90% at .25, 200,000 at .50",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
  ],
  columns: ["val_acc"],
  draw: (runs) => {
    const ours = runs.map((run) => ({ x: fraction(run), ...stepOf(0.99)(run) }));
    const published = mlpTimes.map(({ fraction: x, step, watched }) => ({
      x,
      ...timeOf(step, watched),
    }));
    return grokTimeFigure(
      [
        timeSeries(ours, "ours", { hasLaw: true }),
        {
          ...timeSeries(published, "published", { hasLaw: false }),
          law: { ...mlpLaw, error: 0.14 },
        },
      ],
      {
        title: "Step of validation accuracy ≥ 99% against train fraction",
        subtitle: "Addition mod 97 by an MLP; published: taot/grokking-lab",
        xLabel: "Share of the table that is trained on (log scale)",
        note: `Large: median over seeds (Kaplan–Meier). Small: single runs; triangles had not got there when they ended. Lines: power laws, ± standard error of least squares. ${captionOf(runs, stepOf(0.99))}`,
      },
    );
  },
  notes: [
    "At .50 the source's law gives 198,000 steps, while its run there was at 90% after 200,000: the law was fitted without it, and lies below it.",
    "The source's law comes out of its own table (−2.411 through five runs, −2.411 with the second seed at .25).",
  ],
};
