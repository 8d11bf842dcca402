import { phaseDiagram } from "@grok/plot";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { stepOf } from "../judge/measures";
import type { FigureRun } from "../result/figure-run";

const alpha = [0, 0.1, 0.25, 0.5];

const sweepFlags = { steps: 100_000, "stop-on-grok": true };

/** The sweep over α and λ. */
export const systemThreeSweep: Figure = {
  id: "system-3-sweep",
  title: "Sweep over α and λ: t_grok ÷ t_mem",
  source: {
    text: "ChanceSiyuan/grokking, run_sweep (16 runs; no results are published)",
    url: "https://github.com/ChanceSiyuan/grokking",
  },
  about:
    "A heat map of t_grok ÷ t_mem over α ∈ {0, .1, .25, .5} and λ ∈ {.001, .01, .1, 1}. The source gives the command and no result, so that ours is given. Judged is one order of the literature: more weight decay groks sooner (Power et al. 2022; Liu et al. 2022).",
  seedsBecause: "1 per point, as the sixteen runs take up to five hours.",
  arms: [
    {
      name: "strong",
      label: "λ = 1",
      spec: {
        preset: "order-parameters",
        flags: sweepFlags,
        grid: { alpha, "weight-decay": [1] },
      },
      seeds: [42],
      quick: { seeds: [42] },
      seconds: 250,
    },
    {
      name: "weak",
      label: "λ < 1",
      spec: {
        preset: "order-parameters",
        flags: sweepFlags,
        grid: { alpha, "weight-decay": [0.001, 0.01, 0.1] },
      },
      seeds: [42],
      quick: null,
      seconds: 1_140,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "The more weight decay, the sooner (within each α)",
      arms: ["strong", "weak"],
      of: stepOf(0.95),
      group: (run) => ({
        place: -(run.settings["weight-decay"] as number),
        label: `λ ${run.settings["weight-decay"]}`,
      }),
      stratum: (run) => String(run.settings.alpha),
      published: {
        text: "no results; the literature: weight decay speeds grokking up",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "order",
      name: "Which way α goes (at λ = 1)",
      arms: ["strong"],
      of: stepOf(0.95),
      group: (run) => ({
        place: -(run.settings.alpha as number),
        label: `α ${run.settings.alpha}`,
      }),
      published: {
        text: "the source calls α 0.5 lazy and α 0 rich; by ReLU's homogeneity N^−α makes the output smaller, which is richer, so that greater α should grok sooner (Kumar et al. 2024)",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
  ],
  columns: [],
  draw: (runs) => sweepHeat(runs),
  notes: [
    "N^−α multiplies the output exactly (packages/train/src/experiment/alpha.test.ts), and the larger α, the further weights and kernel move before the data is fitted: α > 0 is towards rich, while the source calls α = .5 lazy.",
    "At λ = 1 the steps do not fall with α all the same, as decay stands in the way: a smaller output needs larger weights for the same logits (their norm is 120, 158, 236 and 367 in the end, from α = 0 to .5), and decay pulls on these. At α = .5 it holds the training loss at .21, where the others end below .001, and validation at 82%. What falls with α is how many times as long it takes to generalise as to memorise: 72, 47 and 42 times.",
  ],
};

/** A cell per point: t_grok ÷ t_mem, and whether it grokked at all. */
function sweepHeat(runs: readonly FigureRun[]): string {
  return phaseDiagram(
    runs.map(({ settings, t_mem, t_grok }) => ({
      x: settings.alpha as number,
      y: settings["weight-decay"] as number,
      median: t_mem === null || t_grok === null ? null : t_grok / t_mem,
      grokked: t_grok === null ? 0 : 1,
      runs: 1,
    })),
    {
      title: "t_{grok} ÷ t_{mem} over α and λ",
      subtitle:
        "Addition mod 97 by a one-hot MLP; the command of ChanceSiyuan/grokking, which stores no results",
      xLabel: "α: pre-activations are multiplied by 512^{−α}",
      yLabel: "Weight decay λ",
      valueLabel: "t_{grok} ÷ t_{mem}",
      note: `In each cell: t_{grok} ÷ t_{mem}, and whether its run grokked within 100,000 steps. Hatched: it did not. White: not yet run. ${captionOf(runs)}`,
    },
  );
}
