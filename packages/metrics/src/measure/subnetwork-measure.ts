import * as tf from "@tensorflow/tfjs-core";
import { type Matrix, readMatrix } from "../matrix/matrix";
import { sparseSubnetwork } from "../subnetwork/sparse-subnetwork";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { mlpHidden } from "./mlp-view";
import { needsHidden, needsLabels } from "./requirement";

/** The neurons that carry an MLP's answers, and what the others would answer. */
export const subnetworkMeasure: Measure = {
  name: "subnetwork",
  group: "subnetwork",
  columns: ["sparse_neurons", "sparse_acc", "rest_acc", "sparse_agreement"],
  description:
    "how many neurons of largest norm keep training accuracy; what they and the others alone reach on validation, and how often the former answer as the network",
  source: "Merrill et al. 2023",
  cost: "moderate",
  unavailable: (context) => {
    const { mlp, words } = context.anatomy;
    if (mlp === null || mlp.depth < 2) return `${words} is no MLP with a hidden layer`;
    return needsLabels(context) ?? needsHidden(context);
  },
  compute: async (snapshot) => {
    const { anatomy, hidden, examples, train } = snapshot.context;
    const shape = anatomy.mlp as NonNullable<typeof anatomy.mlp>;
    const last = shape.depth - 1;
    const rows = Int32Array.from({ length: examples.labels.length }, (_, row) => row);
    const activations = tf.tidy(() =>
      hidden === undefined ? mlpHidden(snapshot, shape, rows) : hidden(snapshot.parameters, rows),
    ); // [examples, neurons]
    const matrix = await readMatrix(activations);
    activations.dispose();
    const { labels } = examples;
    const weight = await snapshot.parameter(`layers.${last}.weight`);
    const parts = sparseSubnetwork({
      hidden: matrix,
      weight,
      ...(shape.biases === false
        ? {}
        : { bias: (await snapshot.parameter(`layers.${last}.bias`)).values }),
      norms: columnNorms(await snapshot.parameter(`layers.${last - 1}.weight`)),
      labels,
      train,
    });
    const share = (is: (row: number) => boolean) =>
      defined(snapshot.validation.filter(is).length / snapshot.validation.length);
    return {
      sparse_neurons: parts.neurons.length,
      sparse_acc: share((row) => parts.sparse[row] === labels[row]),
      rest_acc: share((row) => parts.rest[row] === labels[row]),
      sparse_agreement: share((row) => parts.sparse[row] === parts.full[row]),
    };
  },
};

/** The Euclidean norms of a matrix's columns. */
function columnNorms({ values, rows, columns }: Matrix): Float64Array {
  const squares = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) {
    squares[i % columns] = (squares[i % columns] as number) + (values[i] as number) ** 2;
  }
  return squares.map(Math.sqrt);
}
