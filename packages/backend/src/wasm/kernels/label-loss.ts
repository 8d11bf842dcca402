import type { KernelInputs } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { scaled } from "./elementwise";
import { kernel, matrixShape } from "./kernel";

type Inputs = KernelInputs<"GrokHinge">;

/** A loss of rows with labels. */
function labelLoss(
  host: WasmHost,
  op: Op,
  { outputs, labels }: Inputs,
  { group, withSlopes }: { group: number; withSlopes: boolean },
  { ints = [], floats }: { ints?: number[]; floats: number[] },
): tf.TensorInfo[] {
  const [n, classes] = matrixShape(outputs);
  const loss = host.output([], "float32");
  const correct = host.output([], "float32");
  const slopes = withSlopes ? host.output([n, classes], "float32") : undefined;
  host.run(
    op,
    [
      host.pointer(outputs),
      host.pointer(labels),
      host.pointer(loss),
      host.pointer(correct),
      slopes ? host.pointer(slopes) : 0,
      host.scratch(4 * 2 * n),
      n,
      classes,
      group,
      ...ints,
    ],
    floats,
    n * classes,
  );
  return slopes ? [loss, correct, slopes] : [loss, correct];
}

export const labelLossKernels = [
  kernel("GrokLabelSquaredError", (host, inputs, { scale, center, ...shape }) =>
    labelLoss(host, Op.LabelSquaredError, inputs, shape, { floats: [scale, center] }),
  ),
  kernel("GrokHinge", (host, inputs, { margin, binary, ...shape }) =>
    labelLoss(host, Op.Hinge, inputs, shape, { ints: [binary ? 1 : 0], floats: [margin] }),
  ),
  kernel("GrokSquaredError", (host, { outputs, targets }, { withSlopes }) => {
    const [n, width] = matrixShape(outputs);
    const loss = host.output([], "float32");
    const slopes = withSlopes ? host.output([n, width], "float32") : undefined;
    host.run(
      Op.SquaredError,
      [
        host.pointer(outputs),
        host.pointer(targets),
        host.pointer(loss),
        slopes ? host.pointer(slopes) : 0,
        host.scratch(4 * n),
        n,
        width,
      ],
      [],
      n * width,
    );
    return slopes ? [loss, slopes] : [loss];
  }),
  kernel("GrokLossGrad", (host, { slopes, dy }) => {
    const factor = host.view(dy)[0] as number;
    if (factor !== 1) return [scaled(host, slopes, factor)];
    // A second handle on the same numbers.
    host.backend.incRef(slopes.dataId);
    return [{ ...slopes }];
  }),
];
