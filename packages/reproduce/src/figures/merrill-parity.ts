import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { comparisonFigure } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import type { Measured } from "../judge/measured";
import { epochOf, finalOf, stepsPerEpoch } from "../judge/measures";
import { certain } from "../judge/quantity";
import { type FigureRun, lastOf, valueAt } from "../result/figure-run";

/** The level at which the source's code calls a network one that has memorised, of training accuracy. */
const level = 0.98;
const memorised = epochOf(level, "train_acc");
const generalised = epochOf(level);

/** How many times as many epochs test accuracy takes as training accuracy. */
function delay(run: FigureRun): Measured | null {
  const [train, test] = [memorised(run), generalised(run)];
  if (train === null || test === null || !train.happened) return null;
  return { value: test.value / train.value, happened: test.happened };
}

/** A column at the first evaluation at which an accuracy is at the level. */
function whenFirst(accuracy: string, column: string): (run: FigureRun) => Measured | null {
  return ({ records }) => {
    const record = records.find((each) => valueAt(each, accuracy) >= level);
    return record === undefined ? null : certain(valueAt(record, column));
  };
}

/** Of how many neurons fewer the sparse subnetwork consists at the end than when it has memorised. */
function sparsified(run: FigureRun): Measured | null {
  const before = whenFirst("train_acc", "sparse_neurons")(run);
  return before === null ? null : certain(before.value - lastOf(run, "sparse_neurons"));
}

const nothing = { text: "not reported", band: null, because: "nothing published" } as const;

/** Parity groks late, when a few neurons take over from the many that memorised. */
export const merrillParity: Figure = {
  id: "merrill-parity",
  title: "The parity of 3 of 40 bits: a sparse subnetwork takes over from a dense one",
  source: {
    text: "Merrill et al. 2023 (arXiv 2303.11873), Tsili42/parity-nn; after Barak et al. 2022 (arXiv 2207.08799)",
    url: "https://arxiv.org/abs/2303.11873",
  },
  about:
    "One hidden layer of 1,000 neurons on 1,000 rows of 40 bits, of which 3 decide the answer; hinge loss, gradient descent at .1 with L2 .01, batches of 32, 300 epochs. It memorises first and generalises much later. Neurons are ranked by the norm of their incoming weights, and the smallest set of the largest that keeps training accuracy is the sparse subnetwork: a small subset at the end that answers as the whole network does, while the other neurons alone generalise poorly.",
  seedsBecause: "5, as in the source's code.",
  arms: [
    {
      name: "runs",
      label: "parity",
      spec: { preset: "parity" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 150,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Epoch of test accuracy ≥ 98%",
      arms: ["runs"],
      unit: "epochs",
      of: generalised,
      published: {
        text: "within the 300 epochs of its runs",
        band: [0, 300],
        because:
          "the source's code calls the networks at the end of 300 epochs those that generalise; set before our runs",
      },
    },
    {
      kind: "run",
      name: "Delay: epochs to 98%, test over training",
      arms: ["runs"],
      unit: "",
      of: delay,
      published: {
        text: "significantly later",
        band: [2, 300],
        because: "at least twice as long, by convention; set before our runs",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Neurons of the sparse subnetwork at the end",
      arms: ["runs"],
      unit: "",
      of: finalOf("sparse_neurons"),
      published: {
        text: "a small subset of neurons",
        band: [1, 100],
        because: "a tenth of the 1,000 neurons, by convention; set before our runs",
        isConvention: true,
      },
    },
    {
      kind: "direction",
      name: "The sparse subnetwork has fewer neurons at the end than after memorising, by",
      arms: ["runs"],
      unit: "",
      of: sparsified,
      published: {
        text: "a dense subnetwork before the transition, a sparse one after it",
        band: null,
        because: "the exact sign test over seeds, p ≤ .05",
      },
    },
    {
      kind: "run",
      name: "Test accuracy of the sparse subnetwork alone at the end",
      arms: ["runs"],
      unit: "share",
      of: finalOf("sparse_acc"),
      published: {
        text: "it generalises",
        band: [level, 1],
        because: "the level at which the source's code says so of training; set before our runs",
      },
    },
    {
      kind: "run",
      name: "Test accuracy of the other neurons alone at the end",
      arms: ["runs"],
      unit: "share",
      of: finalOf("rest_acc"),
      published: {
        text: "they generalise poorly",
        band: [0, 0.75],
        because: "half way from chance to certainty, by convention; set before our runs",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Share of test examples that the sparse subnetwork answers as the whole network, at the end",
      arms: ["runs"],
      unit: "share",
      of: finalOf("sparse_agreement"),
      published: {
        text: "it dominates the predictions",
        band: [level, 1],
        because: "by convention; set before our runs",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Epoch of training accuracy ≥ 98%",
      arms: ["runs"],
      unit: "epochs",
      of: memorised,
      published: nothing,
    },
    {
      kind: "run",
      name: "Neurons of the sparse subnetwork after memorising",
      arms: ["runs"],
      unit: "",
      of: whenFirst("train_acc", "sparse_neurons"),
      published: nothing,
    },
    {
      kind: "run",
      name: "Neurons of the sparse subnetwork when test accuracy is first 98%",
      arms: ["runs"],
      unit: "",
      of: whenFirst("val_acc", "sparse_neurons"),
      published: nothing,
    },
    {
      kind: "run",
      name: "Test accuracy of the other neurons alone when that of all is first 98%",
      arms: ["runs"],
      unit: "share",
      of: whenFirst("val_acc", "rest_acc"),
      published: nothing,
    },
  ],
  columns: ["train_acc", "val_acc", "sparse_neurons", "sparse_acc", "rest_acc"],
  draw: (runs) => {
    const epoch = stepsPerEpoch(runs[0] as FigureRun) ?? 1;
    const curve = (column: string, label: string) => bandOver(runs, column, label, epoch);
    return comparisonFigure(
      [
        {
          title: "The whole network",
          quantity: "accuracy",
          curves: [curve("train_acc", "training"), curve("val_acc", "test")],
        },
        {
          title: "Its parts alone, on test examples",
          quantity: "accuracy",
          curves: [
            curve("sparse_acc", "sparse subnetwork"),
            curve("rest_acc", "the other neurons"),
          ],
        },
        {
          title: "How many neurons are enough",
          quantity: { label: "neurons of the sparse subnetwork", include: [0] },
          curves: [curve("sparse_neurons", "sparse subnetwork")],
        },
      ],
      {
        title: "The parity of 3 of 40 bits",
        subtitle: "After Merrill et al. 2023: 1,000 neurons, 1,000 examples, hinge loss",
        stepName: "Epochs",
        width: 900,
        note: `Median over seeds, with the quartiles as a band. ${captionOf(runs)}`,
      },
    );
  },
  notes: [
    "What is not reproduced is that the other neurons generalise poorly at the end. At the transition they do, as the table says; the cause of the rest lies in how the subnetwork is counted. More neurons learn the rule than are needed: as training goes on, fewer and fewer of them are enough for the training accuracy, and those that are no longer needed count among the others, which then know the rule, too.",
    "Read off the source's code: all settings, the level of 98%, and the search for the sparse subnetwork, which takes the smallest k whose neurons have exactly the training accuracy of the whole network. Its plots give no numbers in the text, so that the bands are conventions.",
    "The source follows the neurons of the last network through training; here each evaluation ranks the neurons of its own moment, which is the same at the end.",
    "The source's network has one output without a bias. Ours has two whose difference counts; multiplied by 1/√2, they move as one does, and begin with a triangular instead of a uniform distribution of the same variance. Their biases stay as they begin, at .03 at most.",
    "The source draws other rows for each seed; here seeds divide the same 1,100 rows into 1,000 and 100.",
  ],
};
