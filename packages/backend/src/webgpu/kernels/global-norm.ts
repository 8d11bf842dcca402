import type * as tf from "@tensorflow/tfjs-core";
import { entriesOf } from "../../wasm/kernels/tensor-list";
import type { Call } from "../call";
import type { WebgpuHost } from "../host";
import type { Layout } from "../layout";
import { type Role, runOnLists } from "../list";
import { ROW_THREADS, sumSource } from "../rows";
import { Value } from "../value";
import { kernel } from "./kernel";

/** Workgroups that add up squares. */
const PARTS = 64;

/** Each workgroup's sum of squares. */
function squaresCall(x: Value, parts: Value, elements: number): Call {
  return {
    program: {
      key: "squares",
      buffers: [
        { name: "x", type: "f32" },
        { name: "parts", type: "f32", writes: true },
      ],
      parameters: [{ name: "size", type: "u32" }],
      threads: ROW_THREADS,
      declarations: sumSource,
      body: `  var sum = 0.0;
  for (var i = group * ${ROW_THREADS}u + thread; i < size(); i += ${ROW_THREADS * PARTS}u) { sum += x[i] * x[i]; }
  let whole = sumOf(vec4<f32>(sum), thread).x;
  if (thread == 0u) { parts[group] = whole; }`,
    },
    values: [x, parts],
    settings: [elements],
    groups: PARTS,
  };
}

const partsSum = "let norm = sqrt(sumOf(vec4<f32>(parts[thread]), thread).x);";

const globalNorm = kernel("GrokGlobalNorm", (host, inputs) => {
  const tensors = Object.values(inputs);
  if (tensors.every(({ shape }) => shape.includes(0))) {
    return [host.backend.makeTensorInfo([], "float32", new Float32Array(1))];
  }
  const norm = host.memory.output([]);
  const total = host.memory.input(norm);
  const parts = host.memory.temporary(PARTS);
  runOnLists(
    host,
    [{ name: "x", use: "reads", tensors }],
    ([x], layout) => [
      squaresCall(x as Value, parts, layout.total / 4),
      {
        program: {
          key: "norm of parts",
          buffers: [
            { name: "parts", type: "f32" },
            { name: "total", type: "f32", writes: true },
          ],
          parameters: [],
          threads: ROW_THREADS,
          declarations: sumSource,
          body: `  ${partsSum}
  if (thread == 0u) { total[0] = norm; }`,
        },
        values: [parts, total],
        settings: [],
        groups: 1,
      },
    ],
    { isCleared: true, besides: [parts, total] },
  );
  return [norm];
});

/** Elements that a workgroup scales. */
const PIECE = 16 * ROW_THREADS;

const clip = kernel("GrokClipByGlobalNorm", (host, inputs, { maxNorm }) => {
  const tensors = Object.values(inputs);
  const made = tensors.map(({ shape }) => host.memory.output(shape));
  const parts = host.memory.temporary(PARTS);
  runOnLists(
    host,
    [
      { name: "x", use: "reads", tensors },
      { name: "y", use: "makes", tensors: made },
    ],
    ([x, y], layout) => [
      squaresCall(x as Value, parts, layout.total / 4),
      {
        program: {
          key: "clip",
          buffers: [
            { name: "parts", type: "f32" },
            { name: "x", type: "f32" },
            { name: "y", type: "f32", writes: true },
          ],
          parameters: [
            { name: "size", type: "u32" },
            { name: "most", type: "f32" },
          ],
          threads: ROW_THREADS,
          declarations: sumSource,
          // Written so that a norm that is not a number makes none of the result one.
          body: `  ${partsSum}
  let factor = most() / select(norm, most(), norm <= most());
  let end = min((group + 1u) * ${PIECE}u, size());
  for (var i = group * ${PIECE}u + thread; i < end; i += ${ROW_THREADS}u) { y[i] = x[i] * factor; }`,
        },
        values: [parts, x as Value, y as Value],
        settings: [layout.total / 4, maxNorm],
        groups: Math.ceil(layout.total / 4 / PIECE),
      },
    ],
    { isCleared: true, besides: [parts] },
  );
  return made;
});

/** A workgroup for each tensor. */
function orthogonalCall(
  host: WebgpuHost,
  [w, g, y]: readonly Value[],
  { offsets, sizes }: Layout,
): Call {
  const table = Uint32Array.from(
    { length: 2 * offsets.length },
    (_, i) => (((i & 1) === 0 ? offsets : sizes)[i >> 1] as number) / 4,
  );
  return {
    program: {
      key: "orthogonal gradient",
      buffers: [
        { name: "w", type: "f32" },
        { name: "g", type: "f32" },
        { name: "pieces", type: "u32" },
        { name: "y", type: "f32", writes: true },
      ],
      parameters: [{ name: "count", type: "u32" }],
      threads: ROW_THREADS,
      declarations: sumSource,
      body: `  if (group < count()) {
    let begin = pieces[2u * group];
    let end = begin + pieces[2u * group + 1u];
    var sums = vec4<f32>();
    for (var i = begin + thread; i < end; i += ${ROW_THREADS}u) {
      sums += vec4<f32>(w[i] * w[i], w[i] * g[i], g[i] * g[i], 0.0);
    }
    sums = sumOf(sums, thread);
    let along = sums.y / (sums.x + 1e-30);
    var rest = 0.0;
    for (var i = begin + thread; i < end; i += ${ROW_THREADS}u) {
      let r = g[i] - w[i] * along;
      rest += r * r;
    }
    let length = sqrt(sums.z);
    let restLength = sqrt(sumOf(vec4<f32>(rest), thread).x);
    // Written so that NaN is not taken for negligible.
    let factor = select(length / restLength, 0.0, restLength <= 1e-6 * length);
    for (var i = begin + thread; i < end; i += ${ROW_THREADS}u) {
      y[i] = (g[i] - w[i] * along) * factor;
    }
  }`,
    },
    values: [w as Value, g as Value, host.memory.staging.upload(table), y as Value],
    settings: [offsets.length],
    groups: offsets.length,
  };
}

const orthogonal = kernel("GrokOrthogonalGradient", (host, inputs) => {
  const entries = entriesOf(inputs, 2);
  const pick = (i: number) => entries.map((entry) => entry[i] as tf.TensorInfo);
  const made = pick(1).map(({ shape }) => host.memory.output(shape));
  const roles: Role[] = [
    { name: "w", use: "reads", tensors: pick(0) },
    { name: "g", use: "reads", tensors: pick(1) },
    { name: "y", use: "makes", tensors: made },
  ];
  runOnLists(host, roles, (vectors, layout) => [orthogonalCall(host, vectors, layout)]);
  return made;
});

export const globalNormKernels = [globalNorm, clip, orthogonal];
