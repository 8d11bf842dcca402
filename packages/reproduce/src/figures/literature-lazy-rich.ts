import { comparisonFigure } from "@grok/plot";
import { group } from "d3-array";
import { bandOver } from "../drawing/bands";
import type { Figure } from "../figure/figure";
import { stepOf } from "../judge/measures";
import type { Measured } from "../judge/quantity";
import type { FigureRun } from "../result/figure-run";

const scales = [0.15, 0.5, 1, 2];

const scaleOf = (run: FigureRun) => run.settings["output-scale"] as number;

/** How many times as long validation takes to 95% as training. */
function delay(run: FigureRun): Measured | null {
  const [train, test] = [stepOf(0.95, "train_acc")(run), stepOf(0.95)(run)];
  return train.happened ? { value: test.value / train.value, happened: test.happened } : null;
}

/** The order that the source claims: the larger the output, the later. */
const byScale = (run: FigureRun) => ({ place: scaleOf(run), label: `α ${scaleOf(run)}` });

/** Grokking as the way from lazy to rich training: a larger output is lazier and groks later. */
export const lazyToRich: Figure = {
  id: "literature-lazy-rich",
  title: "From lazy to rich: the output's scale decides how late a transformer groks",
  source: {
    text: "Kumar et al. 2024, figure 6b and appendix 8.1",
    url: "https://arxiv.org/abs/2310.06110",
  },
  about:
    "The network, task and optimizer of Nanda et al., with the logits multiplied by α: the larger, the lazier training begins, and the later it groks; at α = .15 the delay has vanished. Judged is the order over α of how many times as long validation takes as training, of the steps themselves, and whether the delay vanishes.",
  seedsBecause: "5 per scale, as a run takes minutes.",
  arms: [
    {
      name: "runs",
      label: "nanda",
      spec: {
        preset: "nanda",
        flags: { steps: 20_000, "stop-on-grok": true, "eval-every": 20 },
        grid: { "output-scale": scales },
      },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 300,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "The larger the output, the longer the delay (steps to 95%, validation over training)",
      arms: ["runs"],
      of: delay,
      group: byScale,
      published: {
        text: "α can make grokking vanish, or more drastic, continuously",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "order",
      name: "The larger the output, the later it groks",
      arms: ["runs"],
      of: stepOf(0.95),
      group: byScale,
      published: {
        text: "grokking is later the larger the output's scale",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "run",
      name: "Delay at α = .15: steps to 95%, validation over training",
      arms: ["runs"],
      unit: "",
      of: (run) => (scaleOf(run) === 0.15 ? delay(run) : null),
      published: {
        text: "vanished: the test curve can barely be seen amidst the training curves",
        band: [0, 2],
        because: "twice as long, by convention; set before our runs",
      },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    comparisonFigure(
      [...group(runs, scaleOf)]
        .sort(([a], [b]) => a - b)
        .map(([scale, own]) => ({
          title: `α = ${scale} (N = ${own.length})`,
          quantity: "accuracy" as const,
          curves: [
            { ...bandOver(own, "train_acc", ""), label: "training" },
            { ...bandOver(own, "val_acc", ""), label: "validation" },
          ],
        })),
      {
        title: "Grokking by the scale of the output, addition mod 113",
        subtitle: "In the form of Kumar et al. 2024, figure 6b: a one-layer transformer, AdamW",
        width: 900,
        note: "Median over seeds, with the quartiles as a band; a run that has ended counts with its last value.",
      },
    ),
  notes: [
    "Here it is the other way round, most likely by weight decay; it was not tried without. A smaller output needs larger weights to fit the same labels (seed 0: a norm of 79, 61, 54 and 46 at step 2,000, from α = .15 to 2), and the network generalises once decay has brought that down to about 40 (45, 43 and 39 where validation reaches 95%; 67 at α = .15 after 20,000 steps). System 3's sweep shows the same at λ = 1.",
    "The paper names α = .15 and no other value of its figure, and gives no settings beside Nanda et al.'s, which are taken as they are. In general (appendix 8.1) it subtracts the network's first output, which is not done here, and divides the learning rate by α². With that, and weight decay 1, this network does not learn at α = .15 (results/lazy-rich-rates.json): at .044 decay takes 4% of every weight at each step.",
    "Its other experiments (polynomial regression, MNIST, teacher and student) are of other tasks. Its MLP on addition mod 23 trains on a mean squared error, which is not here.",
    "This figure first was of the MLP of system 3 over its own α, which multiplies the output by 512^−α, too; that order is judged in system-3-sweep.",
  ],
};
