import { randomStream } from "@grok/data";
import { reshape } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { tangentKernel } from "../order-parameters/tangent-kernel";
import { targetAlignment } from "../order-parameters/target-alignment";
import { defined } from "./defined";
import type { Measure } from "./measure";

/** Validation examples whose gradients make the kernel. */
const looked = 96;

/** How well the tangent kernel fits real-valued targets. */
export const targetAlignmentMeasure: Measure = {
  name: "target-alignment",
  group: "target-alignment",
  columns: ["target_alignment"],
  description: "how well the tangent kernel, on validation examples, fits the targets",
  source: "Kumar et al. 2024",
  cost: "expensive",
  unavailable: ({ areValues = false, examples }) =>
    areValues && examples.targets?.length === examples.labels.length
      ? null
      : "it needs answers that are one number each",
  compute: async (snapshot) => {
    const { context, parameters, validation } = snapshot;
    const order = randomStream(context.seed, "target-alignment").permutation(validation.length);
    const rows = order.slice(0, looked).map((i) => validation[i] as number);
    const targets = rows.map((row) => context.examples.targets?.[row] as number);
    const kernel = await tangentKernel(
      parameters,
      (i) => reshape(context.forward(parameters, rows.slice(i, i + 1)), []) as tf.Scalar,
      rows.length,
    );
    return { target_alignment: defined(targetAlignment(kernel, Float64Array.from(targets))) };
  },
};
