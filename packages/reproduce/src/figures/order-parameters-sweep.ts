import { captionOf } from "../drawing/caption";
import { phaseDiagram } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import { stepOf } from "../judge/measures";
import { short } from "../judge/number-text";
import type { FigureRun } from "../result/figure-run";

const alpha = [0, 0.1, 0.25, 0.5];

const sweepFlags = { steps: 100_000, "stop-on-grok": true };

/** The sweep over α and λ. */
export const orderParametersSweep: Figure = {
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
  findings: (runs) => strongDecay(runs),
  notes: [
    "N^−α multiplies the output exactly (packages/train/src/experiment/alpha.test.ts), and the larger α, the further weights and kernel move before the data is fitted: α > 0 is towards rich, while the source calls α = .5 lazy.",
    "Decay stands in the way of α: a smaller output needs larger weights for the same logits, and decay pulls on these.",
  ],
};

/** What α does at λ = 1: to t_grok, and to how many times as long it takes as memorising. */
function strongDecay(runs: readonly FigureRun[]): string[] {
  const strong = runs
    .filter(({ settings }) => settings["weight-decay"] === 1)
    .sort((a, b) => (a.settings.alpha as number) - (b.settings.alpha as number));
  const grokked = strong.flatMap(({ settings, t_mem, t_grok }) =>
    t_mem === null || t_grok === null
      ? []
      : [{ alpha: settings.alpha as number, t_grok, delay: t_grok / t_mem }],
  );
  if (grokked.length < 2) return [];
  const never = strong
    .filter(({ t_grok }) => t_grok === null)
    .map(
      ({ settings, best_val_acc }) =>
        `; at α = ${settings.alpha} it did not get there, with a best validation accuracy of ${percent(best_val_acc)}`,
    );
  const list = (values: readonly number[]) => values.map(short).join(", ");
  return [
    `At λ = 1 t_grok is ${list(grokked.map(({ t_grok }) => t_grok))} for α = ${list(grokked.map(({ alpha }) => alpha))}${never.join("")}. Generalising takes ${grokked.map(({ delay }) => Math.round(delay)).join(", ")} times as long as memorising.`,
  ];
}

function percent(share: number | null): string {
  return share === null ? "unknown" : `${Math.round(100 * share)}%`;
}

/** A cell per point: t_grok ÷ t_mem, and whether it grokked at all. */
function sweepHeat(runs: readonly FigureRun[]): Promise<string> {
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
