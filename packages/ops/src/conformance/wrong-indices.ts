import * as tf from "@tensorflow/tfjs-core";
import { attention, attentionWeights } from "../attention/attention";
import { embedding } from "../embedding/embedding";
import { embeddingSum } from "../embedding/embedding-sum";
import { hinge } from "../hinge/hinge";
import { softmaxCrossEntropy } from "../softmax-cross-entropy/softmax-cross-entropy";
import { labelSquaredError } from "../squared-error/squared-error";

const table = () => tf.ones([3, 2]);
const integers = (values: number[]) => tf.tensor1d(values, "int32");

/** Attention with three query rows and three key rows; its only list has two keys. */
const attend = (query: number[], list: number[]) =>
  attention(
    table(),
    table(),
    table(),
    tf.tensor2d([query], [1, 3], "int32"),
    tf.tensor2d([list], [1, 2], "int32"),
    { heads: 1 },
  );

/** What is said of them. */
export const wrongIndexMessage =
  /^\w+: (ids|labels|queries|keyRows) has (-1|0|1|3|70000), and must be from [01] to [012], /;

/** Calls with an index that names no row or class, by what is wrong; each throws a RangeError. */
export const wrongIndices: Readonly<Record<string, () => unknown>> = {
  "an id behind the table": () => embedding(table(), integers([0, 2, 3])),
  "an id far behind the table": () => embedding(table(), integers([70_000])),
  "a negative id": () => embedding(table(), integers([0, -1])),
  "an id of a slot": () =>
    embeddingSum(
      table(),
      tf.tensor2d(
        [
          [0, 1],
          [2, 3],
        ],
        [2, 2],
        "int32",
      ),
    ),
  "a label behind the classes": () => softmaxCrossEntropy(tf.ones([2, 3]), integers([0, 3])),
  "a negative label": () => softmaxCrossEntropy(tf.ones([2, 3]), integers([-1, 0])),
  "a label in float64": () =>
    softmaxCrossEntropy(tf.ones([1, 3]), integers([3]), { precision: "float64" }),
  "a label of the squared error": () => labelSquaredError(tf.ones([1, 3]), integers([3])),
  "a label of the hinge": () => hinge(tf.ones([1, 3]), integers([3])),
  "attention's row of q": () => attend([3, 0, 1], [0, 1]),
  "attention's list": () => attend([0, 1, 1], [0, 1]),
  "attention's count": () => attend([0, 0, 3], [0, 1]),
  "attention to no key": () => attend([0, 0, 0], [0, 1]),
  "attention's row of k": () => attend([0, 0, 2], [0, 70_000]),
  "the row of k of attention's weights": () =>
    attentionWeights(
      table(),
      table(),
      tf.tensor2d([[0, 0, 1]], [1, 3], "int32"),
      tf.tensor2d([[-1, 0]], [1, 2], "int32"),
      { heads: 1 },
    ),
  "a label of the binary hinge": () => hinge(tf.ones([1, 1]), integers([3]), { binary: true }),
};
