import { phaseDiagram } from "@grok/plot";
import { group } from "d3-array";
import type { Figure } from "../figure/figure";
import { finalOf } from "../judge/measures";
import { certain } from "../judge/quantity";
import { type FigureRun, lastOf } from "../result/figure-run";
import { systemFourSource } from "./system-4-adder";

const width = (run: FigureRun) => run.settings["d-model"] as number;
const rate = (run: FigureRun) => run.settings.lr as number;

/** Final learning rates are a tenth, as in the source. */
const rates = [
  { lr: 0.005, "final-lr": 0.0005 },
  { lr: 0.01, "final-lr": 0.001 },
  { lr: 0.02, "final-lr": 0.002 },
];

/** The parameter cliff, with how much of it is learning rate and seed. */
export const systemFourCliff: Figure = {
  id: "system-4-cliff",
  title: "The parameter cliff of ten-digit addition: sizes × learning rates × seeds",
  source: systemFourSource,
  about:
    "Exact match at the end over widths and learning rates; the feed-forward is twice the width, as in the source's smallest. The source's cliff lies near 800 parameters, with one seed per point. Ours says how much of it is width, learning rate and seed.",
  seedsBecause: "3 per point, as the full set has 54 runs of three to four minutes.",
  arms: [
    {
      name: "runs",
      label: "addition-777 at other widths",
      spec: {
        preset: "addition-777",
        grid: { "d-model": [4, 5, 6, 7, 8, 10] },
        list: rates,
      },
      seeds: [0, 1, 2],
      quick: {
        seeds: [0],
        spec: {
          preset: "addition-777",
          grid: { "d-model": [5, 6, 7, 8] },
          list: rates.slice(1),
        },
      },
      seconds: 200,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "The wider, the better (within each learning rate)",
      arms: ["runs"],
      of: finalOf("val_acc"),
      group: (run) => ({ place: width(run), label: `width ${width(run)}` }),
      stratum: (run) => String(rate(run)),
      published: {
        text: "0–.6% at width 5, 9.6% and 99.69% at 7, 100% at 16",
        band: null,
        because: "an order: a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "run",
      name: "Exact match at width 5, learning rate 0.01",
      arms: ["runs"],
      unit: "share",
      of: (run) =>
        width(run) === 5 && rate(run) === 0.01 ? certain(lastOf(run, "val_acc")) : null,
      published: {
        text: "0 to 0.006",
        band: [0, 0.1],
        because: "below the source's own example of a failed run, 9.6%",
      },
    },
    ...(["d-model", "lr", "seed"] as const).map((axis) => ({
      kind: "joint" as const,
      name: `Share of the variance of success (≥ 99%) that goes with ${
        { "d-model": "width", lr: "learning rate", seed: "seed" }[axis]
      } alone`,
      arms: ["runs"],
      unit: "share" as const,
      of: (runs: readonly FigureRun[]) => explained(runs, axis),
      published: { text: "not reported", band: null, because: "nothing published" },
    })),
  ],
  columns: ["val_acc"],
  draw: (runs) => {
    const cells = group(runs, (run) => `${width(run)} ${rate(run)}`);
    return phaseDiagram(
      [...cells.values()].map((own) => {
        const [first] = own as [FigureRun];
        const accuracies = own.map((run) => lastOf(run, "val_acc")).sort((a, b) => a - b);
        const middle = accuracies[Math.floor(accuracies.length / 2)] as number;
        return {
          x: `${width(first)} (${first.parameters})`,
          y: rate(first),
          median: Math.max(100 * middle, 0.1),
          grokked: own.filter((run) => lastOf(run, "val_acc") >= 0.99).length,
          runs: own.length,
        };
      }),
      {
        title: "Ten-digit addition: exact match over width and learning rate",
        subtitle: "Published: 99.69% at width 7 and 0.02, 9.6% at 7 and 0.01, 0–0.6% at 5 and 0.01",
        xLabel: "Width (parameters)",
        yLabel: "Learning rate",
        valueLabel: "Exact match (%)",
        note: "In each cell: the median exact match at the end in percent (0.1 stands for less, too), and how many of its seeds reach 99%. Hatched: none does. White: not yet run.",
      },
    );
  },
  notes: [
    "The source's wider models have other feed-forwards (four times the width, with biases), an untied head and lower learning rates; ours differ from its smallest in the width alone.",
  ],
};

/**
 * The share of the variance of success that lies between the values of one axis (η²): with 0 for it
 * where success never differs.
 */
function explained(
  runs: readonly FigureRun[],
  axis: "d-model" | "lr" | "seed",
): { value: number } | null {
  if (runs.length < 4) return null;
  const points = runs.map((run) => ({
    at: axis === "seed" ? run.seed : (run.settings[axis] as number),
    success: lastOf(run, "val_acc") >= 0.99 ? 1 : 0,
  }));
  const mean = average(points.map(({ success }) => success));
  const all = points.reduce((sum, { success }) => sum + (success - mean) ** 2, 0);
  if (all === 0) return { value: 0 };
  const groups = [...group(points, ({ at }) => at).values()];
  const between = groups.reduce(
    (sum, own) => sum + own.length * (average(own.map(({ success }) => success)) - mean) ** 2,
    0,
  );
  return { value: between / all };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
