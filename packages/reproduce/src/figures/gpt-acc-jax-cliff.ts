import { explainedVariance } from "@grok/metrics/statistics";
import { group } from "d3-array";
import { publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { comparisonFigure } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import { finalOf } from "../judge/measures";
import type { Estimate, Planned, Valued } from "../judge/quantity";
import { cliffNetworks } from "../published/gpt-acc-jax";
import { type FigureRun, lastOf } from "../result/figure-run";
import { gptAccJaxSource } from "./gpt-acc-jax-adder";

const rate = (run: Planned) => run.settings.lr as number;
const accuracy = (run: FigureRun) => lastOf(run, "val_acc");

/** Parameters of the network that a run is of. */
function sizeOf({ settings }: Planned): number {
  const found = cliffNetworks.find(
    ({ width, hidden, ffnBias, tied }) =>
      settings["d-model"] === width &&
      settings["mlp-mult"] === hidden / width &&
      settings["ffn-bias"] === ffnBias &&
      settings["tied-head"] === tied,
  );
  return found?.parameters ?? Number.NaN;
}

/** Networks of the source's report at both of its learning rates; the final one is a tenth of each. */
function points(names: readonly string[]) {
  return cliffNetworks
    .filter(({ name }) => names.includes(name))
    .flatMap(({ width, hidden, ffnBias, tied }) =>
      [0.01, 0.02].map((lr) => ({
        "d-model": width,
        "mlp-mult": hidden / width,
        "ffn-bias": ffnBias,
        "tied-head": tied,
        lr,
        "final-lr": lr / 10,
      })),
    );
}

/** The parameter cliff, with how much of it is learning rate and seed. */
export const gptAccJaxCliff: Figure = {
  id: "system-4-cliff",
  title: "The parameter cliff of ten-digit addition: networks × learning rates × seeds",
  source: { ...gptAccJaxSource, text: "yhavinga/gpt-acc-jax, REPORT.md, sections 3.2 and 4.2" },
  about:
    "Exact match at the end over the networks of the report around 800 parameters, at both of its learning rates. The report runs one seed per network, mostly at .01, and sees a sharp transition between 700 and 900 parameters. Ours says how much of it is size, learning rate and seed.",
  seedsBecause: "3 per point, as the full set has 54 runs of three to four minutes.",
  arms: [
    {
      name: "runs",
      label: "networks of the report",
      spec: { preset: "addition-777", list: points(cliffNetworks.map(({ name }) => name)) },
      seeds: [0, 1, 2],
      quick: {
        seeds: [0],
        spec: {
          preset: "addition-777",
          list: points(["pico-1L-5d-both", "pico-1L-6d-both", "pico-7d-ff14", "pico-1L-7d-both"]),
        },
      },
      seconds: 210,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "The more parameters, the better (within each learning rate)",
      arms: ["runs"],
      of: finalOf("val_acc"),
      group: (run) => {
        const parameters = sizeOf(run);
        return { place: parameters, label: `${parameters} parameters` };
      },
      stratum: (run) => String(rate(run)),
      claimUnit: { of: (run) => String(sizeOf(run)), plural: "networks" },
      published: {
        text: "complete failure below 700 parameters, 100% above 900",
        band: null,
        because:
          "a rank test over networks, p ≤ .05: they differ in more than size, so that seeds of one network are no independent evidence for what size does",
      },
    },
    {
      kind: "joint",
      name: "Fewest parameters with which a run reaches 99%",
      arms: ["runs"],
      unit: "",
      of: finalOf("val_acc"),
      over: (runs) => {
        const able = runs.filter(({ measured }) => measured.value >= 0.99);
        return able.length === 0
          ? null
          : { value: Math.min(...able.map(({ run }) => run.parameters)) };
      },
      published: {
        text: "777",
        band: [763, 845],
        because:
          "the cliff is where the report has it if the next smaller and larger networks of its table (762 and 846 parameters) are not the first",
      },
    },
    ...(["parameters", "lr", "seed"] as const).map((axis) => ({
      kind: "joint" as const,
      name: `Share of the variance of success (≥ 99%) that goes with ${
        { parameters: "the network", lr: "the learning rate", seed: "the seed" }[axis]
      } alone, corrected for chance (ω²)`,
      arms: ["runs"],
      unit: "share" as const,
      of: finalOf("val_acc"),
      over: (runs: readonly Valued[]) => explained(runs, axis),
      published: { text: "not reported", band: null, because: "nothing published" },
    })),
  ],
  columns: ["val_acc"],
  draw: (runs) => {
    const ours = [...group(runs, rate)].sort(([a], [b]) => a - b);
    return comparisonFigure(
      [
        {
          quantity: "accuracy",
          curves: [
            ...ours.map(([lr, own]) => ({
              label: `ours, learning rate ${lr} (N = ${own.length})`,
              points: [...group(own, ({ parameters }) => parameters)]
                .sort(([a], [b]) => a - b)
                .map(([step, alike]) => {
                  const values = alike.map(accuracy).sort((a, b) => a - b);
                  return {
                    step,
                    center: values[Math.floor(values.length / 2)] as number,
                    low: values[0] as number,
                    high: values.at(-1) as number,
                  };
                }),
            })),
            ...([0.01, 0.02] as const).map((lr) =>
              publishedCurve(
                `published, learning rate ${lr}`,
                cliffNetworks.flatMap(({ parameters, published }) => {
                  const value = published[lr];
                  return value === undefined ? [] : [[parameters, value] as const];
                }),
              ),
            ),
          ],
        },
      ],
      {
        title: "Ten-digit addition: exact match over the network's size",
        subtitle: "Published: yhavinga/gpt-acc-jax, REPORT.md, one seed per network",
        stepName: "Parameters",
        note: `Ours: median over seeds, with the least and the greatest as a band. Exact match of greedy decoding on 10,000 pairs after 27,000 steps. ${captionOf(runs)}`,
      },
    );
  },
  findings: (runs) => {
    if (runs.length < 2) return [];
    const chance = (["parameters", "lr", "seed"] as const).map((axis) => {
      const values = new Set(runs.map((run) => (axis === "lr" ? rate(run) : run[axis]))).size;
      return ((values - 1) / (runs.length - 1)).toFixed(2);
    });
    return [
      `An uncorrected share of variance (η²) is (k − 1)/(N − 1) on average if nothing depends on the axis, k the values of the axis: from ${runs.length} runs ${chance[0]} for the network, ${chance[1]} for the learning rate and ${chance[2]} for the seed. ω² takes that off, so that a share below what chance gives is below 0. Its interval is that of the noncentral F and rough, as success is 0 or 1.`,
    ];
  },
  notes: [
    "The report's own table is no cliff in parameters alone: 973 parameters reach 100% and 1,008 0.8%, 792 reach 72.5% and 876 0.1%, at one learning rate and one seed each.",
  ],
};

/** The share of the variance of success that goes with one axis, corrected for chance (ω²). */
function explained(runs: readonly Valued[], axis: "parameters" | "lr" | "seed"): Estimate | null {
  const at = ({ run }: Valued) => (axis === "lr" ? rate(run) : run[axis]);
  const groups = [...group(runs, at).values()].map((own) =>
    own.map(({ measured }) => (measured.value >= 0.99 ? 1 : 0)),
  );
  const found = explainedVariance(groups);
  if (found === null) return null;
  const { corrected, interval } = found;
  return { value: corrected, ...(interval === null ? {} : { interval }) };
}
