import type { KernelInputs } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { matrixShape, sizeOf } from "../../wasm/kernels/kernel";
import type { WebgpuHost } from "../host";
import type { ParameterSpec } from "../program";
import { ROW_THREADS, sumSource } from "../rows";
import { rowDeclarations, totalsCall } from "./cross-entropy";
import { elementwiseCall } from "./elementwise";
import { kernel } from "./kernel";

type Inputs = KernelInputs<"GrokHinge">;

/** How a loss is written in WGSL, of output `z` at class `c` of a row that begins at `start`. */
interface RowLoss {
  name: string;
  settings: (ParameterSpec & { value: number })[];
  /** What a class adds to the row's sum. */
  term: string;
  /** What a class adds to the row's second sum, if the slopes need one. */
  count?: string;
  /** The row's loss, of its `sum`. */
  loss: string;
  /** The mean loss's slope at `z`; `sums.z` is the second sum. */
  slope: string;
  /** Whether the row is right. */
  right: string;
}

/** A loss of rows with labels, a workgroup a row, and then its totals. */
function labelLoss(
  host: WebgpuHost,
  { outputs, labels }: Inputs,
  { group, withSlopes }: { group: number; withSlopes: boolean },
  { name, settings, term, count = "0.0", loss: rowLoss, slope, right }: RowLoss,
): tf.TensorInfo[] {
  const [n, classes] = matrixShape(outputs);
  const [loss, correct] = [host.memory.output([]), host.memory.output([])] as const;
  const slopes = withSlopes ? host.memory.output([n, classes]) : undefined;
  const outcomes = host.memory.temporary(2 * n);
  const values = [host.memory.input(outputs), host.memory.input(labels), outcomes];
  host.run(
    {
      program: {
        key: `${name} ${withSlopes}`,
        buffers: [
          { name: "outputs", type: "f32" },
          { name: "labels", type: "i32" },
          { name: "outcomes", type: "f32", writes: true },
          ...(withSlopes ? [{ name: "slopes", type: "f32" as const, writes: true }] : []),
        ],
        parameters: [
          { name: "rows", type: "u32" },
          { name: "classes", type: "u32" },
          ...settings.map(({ name: each, type }) => ({ name: each, type })),
        ],
        threads: ROW_THREADS,
        declarations: rowDeclarations,
        body: `  if (group < rows()) {
    let start = group * classes();
    let label = u32(labels[group]);
    let own = outputs[start + min(label, classes() - 1u)];
    var best = outputs[start];
    var place = 0u;
    var isBroken = 0.0;
    for (var c = thread; c < classes(); c += ${ROW_THREADS}u) {
      let z = outputs[start + c];
      if (z > best) { best = z; place = c; }
      if (isNotANumber(z)) { isBroken = 1.0; }
    }
    let top = largest(best, place, thread);
    var total = 0.0;
    var second = 0.0;
    for (var c = thread; c < classes(); c += ${ROW_THREADS}u) {
      let z = outputs[start + c];
      total += ${term};
      second += ${count};
    }
    let sums = sumOf(vec4<f32>(total, isBroken, second, 0.0), thread);
    let sum = sums.x;
    ${
      withSlopes
        ? `for (var c = thread; c < classes(); c += ${ROW_THREADS}u) {
      let z = outputs[start + c];
      slopes[start + c] = ${slope};
    }`
        : ""
    }
    if (thread == 0u) {
      outcomes[2u * group] = ${rowLoss};
      outcomes[2u * group + 1u] = select(0.0, 1.0, (${right}) && sums.y == 0.0);
    }
  }`,
      },
      values: slopes === undefined ? values : [...values, host.memory.input(slopes)],
      settings: [n, classes, ...settings.map(({ value }) => value)],
      groups: n,
    },
    totalsCall(outcomes, host.memory.input(loss), host.memory.input(correct), n, group),
  );
  return slopes ? [loss, correct, slopes] : [loss, correct];
}

const atLargest = "u32(top.y) == label";

function squares(scale: number, center: number): RowLoss {
  const difference = "(z - scale() * (select(0.0, 1.0, c == label) - center()))";
  return {
    name: "label squared error",
    settings: [
      { name: "scale", type: "f32", value: scale },
      { name: "center", type: "f32", value: center },
    ],
    term: `${difference} * ${difference}`,
    loss: "sum / f32(classes())",
    slope: `2.0 * ${difference} / (f32(rows()) * f32(classes()))`,
    right: atLargest,
  };
}

function manyClasses(margin: number): RowLoss {
  const late = "select(margin() - own + z, 0.0, c == label)";
  return {
    name: "hinge",
    settings: [{ name: "margin", type: "f32", value: margin }],
    term: `max(${late}, 0.0)`,
    count: `select(0.0, 1.0, ${late} > 0.0)`,
    loss: "sum / f32(classes())",
    slope: `select(select(0.0, 1.0, ${late} > 0.0), -sums.z, c == label) / (f32(rows()) * f32(classes()))`,
    right: atLargest,
  };
}

function twoClasses(margin: number): RowLoss {
  // With one output the sum is it; with two it is the second less the first.
  const side = "select(1.0, -1.0, classes() == 2u && c == 0u)";
  const sign = "select(-1.0, 1.0, label == 1u)";
  const late = `(margin() - ${sign} * sum)`;
  return {
    name: "binary hinge",
    settings: [{ name: "margin", type: "f32", value: margin }],
    term: `${side} * z`,
    loss: `max(${late}, 0.0)`,
    slope: `select(0.0, -${sign} * ${side}, ${late} > 0.0) / f32(rows())`,
    right: "(sum > 0.0) == (label == 1u)",
  };
}

export const labelLossKernels = [
  kernel("GrokLabelSquaredError", (host, inputs, { scale, center, ...shape }) =>
    labelLoss(host, inputs, shape, squares(scale, center)),
  ),
  kernel("GrokHinge", (host, inputs, { margin, binary, ...shape }) =>
    labelLoss(host, inputs, shape, (binary ? twoClasses : manyClasses)(margin)),
  ),
  kernel("GrokSquaredError", (host, { outputs, targets }, { withSlopes }) => {
    const size = sizeOf(outputs);
    const loss = host.memory.output([]);
    const inputs = { x: host.memory.input(outputs), t: host.memory.input(targets) };
    host.run({
      program: {
        key: "squared error",
        buffers: [
          { name: "x", type: "f32" },
          { name: "t", type: "f32" },
          { name: "loss", type: "f32", writes: true },
        ],
        parameters: [{ name: "size", type: "u32" }],
        threads: ROW_THREADS,
        declarations: sumSource,
        body: `  var total = vec4<f32>();
  for (var i = thread; i < size(); i += ${ROW_THREADS}u) {
    let d = x[i] - t[i];
    total.x += d * d;
  }
  total = sumOf(total, thread);
  if (thread == 0u) { loss[0] = total.x / f32(size()); }`,
      },
      values: [inputs.x, inputs.t, host.memory.input(loss)],
      settings: [size],
      groups: 1,
    });
    if (!withSlopes) return [loss];
    const slopes = host.memory.output(outputs.shape);
    host.run(
      elementwiseCall("squared error slopes", size, {
        inputs,
        outputs: { z: host.memory.input(slopes) },
        body: "z[i] = 2.0 * (x[i] - t[i]) / f32(size());",
      }),
    );
    return [loss, slopes];
  }),
];
