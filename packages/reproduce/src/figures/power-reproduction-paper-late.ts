import { accuracyAndLoss } from "../drawing/stored-rows";
import type { Figure } from "../figure/figure";
import { durationBecause, timesAround, unknownBecause, unknownFactor } from "../judge/band";
import { stepOf, stepsBetween } from "../judge/measures";
import { rangeText } from "../judge/number-text";
import { certain, measuredOf, type RunQuantity } from "../judge/quantity";
import { paperLate } from "../published/power-reproduction";
import { lastOf, valueAt } from "../result/figure-run";

/** How long the rise takes, which a factor of 2 on each of its ends does not bound. */
const rise: RunQuantity = {
  kind: "run",
  name: "Steps from 50% to 95% validation accuracy",
  arms: ["runs"],
  unit: "steps",
  of: stepsBetween(0.5, 0.95),
  published: {
    text: "64,000 (73,000 to 137,000)",
    value: 64_000,
    band: timesAround(64_000, unknownFactor),
    because: durationBecause,
    isConvention: true,
  },
};

/** Power et al.'s network under Adam, without weight decay. */
export const powerReproductionPaperLate: Figure = {
  id: "system-1-paper-late",
  title: "Division mod 97, Adam without weight decay (paper_late)",
  source: {
    text: "JohanLi233/grokking, runs/division_mod_97_pair_paper_late (seed 520), after Power et al. 2022, appendix A.1 and figure 1",
    url: "https://github.com/JohanLi233/grokking",
  },
  about:
    "Accuracy and loss over steps on a log scale: memorised by step 1,000, then near chance for tens of thousands of steps, then a rise over 10⁵. The source stores 200,000 of its 10⁶ steps. The embeddings are said to become periodic.",
  seedsBecause: "2, as a run takes an hour and a half; three would take a core for half a day.",
  arms: [
    {
      name: "runs",
      label: "paper_late",
      spec: {
        preset: "paper_late",
        flags: { steps: 200_000, metrics: "gini,circularity", "metrics-every": 5 },
      },
      seeds: [0, 1],
      quick: null,
      seconds: 5_700,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Step of training accuracy ≥ 99%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.99, "train_acc"),
      published: {
        text: "1,000",
        band: [1, 1_000],
        because: "the source's first evaluation after step 1",
      },
    },
    {
      kind: "run",
      name: "Step of validation accuracy ≥ 10%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.1),
      published: {
        text: "49,000",
        value: 49_000,
        band: timesAround(49_000, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Step of validation accuracy ≥ 50%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.5),
      published: {
        text: "73,000",
        value: 73_000,
        band: timesAround(73_000, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Step of validation accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "137,000",
        value: 137_000,
        band: timesAround(137_000, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    rise,
    {
      kind: "run",
      name: "Gini coefficient of the embedding's Fourier norms, at the end over the start",
      arms: ["runs"],
      unit: "",
      of: (run) => {
        const first = run.records.find((record) =>
          Number.isFinite(valueAt(record, "gini_embedding")),
        );
        return first === undefined
          ? null
          : certain(lastOf(run, "gini_embedding") / valueAt(first, "gini_embedding"));
      },
      published: {
        text: "“become periodic”: rises",
        band: [1.5, Number.POSITIVE_INFINITY],
        because:
          "a random embedding's coefficient is about .05 and a few pure frequencies' near 1; a rise by half is well beyond chance",
        isConvention: true,
      },
    },
  ],
  columns: ["train_acc", "val_acc", "train_loss", "val_loss"],
  draw: (runs) =>
    accuracyAndLoss(runs, paperLate, {
      title: "Division mod 97, half of the table, Adam without weight decay",
      subtitle: "Published: JohanLi233/grokking, seed 520",
    }),
  findings: (runs) => {
    const rises = runs.flatMap((run) => measuredOf(rise, run) ?? []);
    rises.sort((a, b) => a.value - b.value);
    const [least, greatest] = [rises[0], rises.at(-1)];
    if (least === undefined || greatest === undefined) return [];
    return [
      `Bands of a factor of 2 around single thresholds hide the shape of the rise, so that its length is judged by itself: validation accuracy takes ${rangeText([least, greatest])} steps from 50% to 95% here (N = ${rises.length}), and 64,000 in the source.`,
    ];
  },
  notes: [
    "In the source PyTorch copies one encoder layer, so that both layers begin with the same weights; they do here.",
    "Without weight decay the training loss falls below what float32 resolves; what moves the weights on from there are spikes, whose times depend on rounding.",
  ],
};
