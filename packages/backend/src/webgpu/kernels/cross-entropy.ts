import type { CrossEntropyAttributes, KernelInputs } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { matrixShape, sizeOf } from "../../wasm/kernels/kernel";
import type { Call } from "../call";
import type { WebgpuHost } from "../host";
import { ROW_THREADS, sumSource } from "../rows";
import type { Value } from "../value";
import { elementwiseCall } from "./elementwise";
import { kernel } from "./kernel";

type Inputs = KernelInputs<"GrokSoftmaxCrossEntropy">;

/** Half of the distance from 1 to the next number of double precision: less is lost beside 1. */
const lost = "1.1102230246251565e-16";

/** What kernels of a workgroup per row are made with: sums, the largest output, StableMax. */
export const rowDeclarations = `${sumSource}
var<workgroup> places: array<u32, ${ROW_THREADS}>;
fn isNotANumber(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
// StableMax
fn stable(z: f32) -> f32 { return select(1.0 / (1.0 - min(z, 0.0)), z + 1.0, z >= 0.0); }
// log(1 + x), however small x is.
fn log1p(x: f32) -> f32 {
  let small = x * (1.0 - x * (0.5 - x * (1.0 / 3.0 - x * 0.25)));
  return select(log(1.0 + x), small, x < 0.01);
}
// The largest logit and, of equal ones, the first place.
fn largest(x: f32, place: u32, thread: u32) -> vec2<f32> {
  pool[thread].x = x;
  places[thread] = place;
  workgroupBarrier();
  for (var s = ${ROW_THREADS / 2}u; s > 0u; s >>= 1u) {
    if (thread < s) {
      let other = pool[thread + s].x;
      if (other > pool[thread].x || (other == pool[thread].x && places[thread + s] < places[thread])) {
        pool[thread].x = other;
        places[thread] = places[thread + s];
      }
    }
    workgroupBarrier();
  }
  let found = vec2<f32>(pool[0].x, f32(places[0]));
  workgroupBarrier();
  return found;
}`;

/** A row's loss, whether its largest logit is at the label, and the mean loss's slopes. */
function rowsCall(
  {
    logits,
    labels,
    outcomes,
    slopes,
  }: Record<"logits" | "labels" | "outcomes", Value> & { slopes?: Value | undefined },
  [n, classes]: [number, number],
  {
    normalizer,
    precision,
    smoothing,
  }: Pick<CrossEntropyAttributes, "normalizer" | "precision" | "smoothing">,
): Call {
  const isSoftmax = normalizer === "softmax";
  // As in double precision: 1 − p at the label is the others' share, and lost below 2⁻⁵³.
  const isDouble = precision === "float64";
  const weight = isSoftmax ? "exp(z - top.x)" : "stable(z)";
  // d(−log p_y)/dz = s'(z)·(1/Σs − [z = y]/s), and s'/s is 1/s above zero and s below.
  const slope = isSoftmax ? "" : "* select(stable(z), 1.0 / stable(z), z >= 0.0)";
  const far = isSoftmax
    ? "log(sum) - (logits[start + label] - top.x)"
    : "-log(stable(logits[start + label]) / sum)";
  // The mean over classes of −log p is the label's, moved by its lead over the mean logit.
  const mixed = `${far} + smoothing() * (logits[start + label] - sums.z / f32(classes()))`;
  const loss = isDouble
    ? `select(${far}, log1p(missing / (1.0 - missing)), missing < 0.5)`
    : smoothing > 0
      ? mixed
      : far;
  const target =
    smoothing > 0
      ? "(select(0.0, 1.0 - smoothing(), c == label) + smoothing() / f32(classes()))"
      : "select(0.0, 1.0, c == label)";
  const difference = isDouble
    ? `select(${weight} / sum, -missing, c == label)`
    : `(${weight} / sum - ${target})`;
  return {
    program: {
      key: `cross-entropy ${normalizer} ${precision} ${smoothing > 0} ${slopes !== undefined}`,
      buffers: [
        { name: "logits", type: "f32" },
        { name: "labels", type: "i32" },
        { name: "outcomes", type: "f32", writes: true },
        ...(slopes === undefined ? [] : [{ name: "slopes", type: "f32" as const, writes: true }]),
      ],
      parameters: [
        { name: "rows", type: "u32" },
        { name: "classes", type: "u32" },
        { name: "smoothing", type: "f32" },
      ],
      threads: ROW_THREADS,
      declarations: rowDeclarations,
      body: `  if (group < rows()) {
    let start = group * classes();
    let label = min(u32(labels[group]), classes() - 1u);
    var best = logits[start];
    var place = 0u;
    var isBroken = 0.0;
    for (var c = thread; c < classes(); c += ${ROW_THREADS}u) {
      let z = logits[start + c];
      if (z > best) { best = z; place = c; }
      if (isNotANumber(z)) { isBroken = 1.0; }
    }
    let top = largest(best, place, thread);
    var total = 0.0;
    var plain = 0.0;
    for (var c = thread; c < classes(); c += ${ROW_THREADS}u) {
      let z = logits[start + c];
      ${isDouble ? "if (c == label) { continue; }" : ""}
      total += ${weight};
      plain += z;
    }
    let sums = sumOf(vec4<f32>(total, isBroken, plain, 0.0), thread);
    ${
      isDouble
        ? `let z = logits[start + label];
    let sum = sums.x + ${weight};
    let share = sums.x / sum;
    let missing = select(share, 0.0, share < ${lost});`
        : "let sum = sums.x;"
    }
    ${
      slopes === undefined
        ? ""
        : `for (var c = thread; c < classes(); c += ${ROW_THREADS}u) {
      let z = logits[start + c];
      slopes[start + c] = ${difference} / f32(rows()) ${slope};
    }`
    }
    if (thread == 0u) {
      outcomes[2u * group] = ${loss};
      outcomes[2u * group + 1u] = select(0.0, 1.0, u32(top.y) == label && sums.y == 0.0);
    }
  }`,
    },
    values: slopes === undefined ? [logits, labels, outcomes] : [logits, labels, outcomes, slopes],
    settings: [n, classes, smoothing],
    groups: n,
  };
}

/** The mean loss, and how many groups of rows are all right. */
export function totalsCall(
  outcomes: Value,
  loss: Value,
  correct: Value,
  n: number,
  group: number,
): Call {
  return {
    program: {
      key: "cross-entropy totals",
      buffers: [
        { name: "outcomes", type: "f32" },
        { name: "loss", type: "f32", writes: true },
        { name: "correct", type: "f32", writes: true },
      ],
      parameters: [
        { name: "rows", type: "u32" },
        { name: "size", type: "u32" },
      ],
      threads: ROW_THREADS,
      declarations: sumSource,
      body: `  var totals = vec4<f32>();
  for (var g = thread; g < rows() / size(); g += ${ROW_THREADS}u) {
    var right = 1.0;
    for (var row = g * size(); row < (g + 1u) * size(); row++) {
      totals.x += outcomes[2u * row];
      right *= outcomes[2u * row + 1u];
    }
    totals.y += right;
  }
  totals = sumOf(totals, thread);
  if (thread == 0u) {
    loss[0] = totals.x / f32(rows());
    correct[0] = totals.y;
  }`,
    },
    values: [outcomes, loss, correct],
    settings: [n, group],
    groups: 1,
  };
}

function crossEntropy(
  host: WebgpuHost,
  { logits, labels }: Inputs,
  { group, normalizer, precision, smoothing, withSlopes }: CrossEntropyAttributes,
): tf.TensorInfo[] {
  const [n, classes] = matrixShape(logits);
  const [loss, correct] = [host.memory.output([]), host.memory.output([])] as const;
  const slopes = withSlopes ? host.memory.output([n, classes]) : undefined;
  const outcomes = host.memory.temporary(2 * n);
  host.run(
    rowsCall(
      {
        logits: host.memory.input(logits),
        labels: host.memory.input(labels),
        outcomes,
        slopes: slopes && host.memory.input(slopes),
      },
      [n, classes],
      { normalizer, precision, smoothing },
    ),
    totalsCall(outcomes, host.memory.input(loss), host.memory.input(correct), n, group),
  );
  return slopes ? [loss, correct, slopes] : [loss, correct];
}

export const crossEntropyKernels = [
  kernel("GrokSoftmaxCrossEntropy", crossEntropy),
  kernel("GrokLossGrad", (host, { slopes, dy }) => {
    // The loss itself is what is nearly always differentiated.
    if (host.memory.numbersOf(dy)?.[0] === 1) return [host.memory.share(slopes)];
    const z = host.memory.output(slopes.shape);
    host.run(
      elementwiseCall("times scalar", sizeOf(slopes), {
        inputs: { x: host.memory.input(slopes), dy: host.memory.input(dy) },
        outputs: { z: host.memory.input(z) },
        body: "z[i] = x[i] * dy[0];",
      }),
    );
    return [z];
  }),
];
