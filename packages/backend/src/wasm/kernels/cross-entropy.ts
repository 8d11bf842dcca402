import { Op } from "../op";
import { apart } from "./apart";
import { kernel, matrixShape } from "./kernel";

/** An exponential counts for about this many multiply-adds. */
const WORK = 16;

export const crossEntropyKernels = [
  kernel(
    "GrokSoftmaxCrossEntropy",
    (host, { logits, labels }, { group, normalizer, precision, smoothing, withSlopes }) => {
      const [n, classes] = matrixShape(logits);
      const loss = host.output([], "float32");
      const correct = host.output([], "float32");
      const slopes = withSlopes ? host.output([n, classes], "float32") : undefined;
      host.run(
        Op.CrossEntropy,
        [
          host.pointer(logits),
          host.pointer(labels),
          host.pointer(loss),
          host.pointer(correct),
          slopes ? host.pointer(slopes) : 0,
          host.scratch(apart(8 * n) + host.threads * apart(4 * (4 * classes + 8))),
          n,
          classes,
          group,
          normalizer === "stablemax" ? 1 : 0,
          precision === "float64" ? 1 : 0,
        ],
        [smoothing],
        n * classes * WORK,
      );
      return slopes ? [loss, correct, slopes] : [loss, correct];
    },
  ),
];
