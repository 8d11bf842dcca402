import type { KernelInputs } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { matrixShape } from "../../wasm/kernels/kernel";
import type { Call } from "../call";
import type { WebgpuHost } from "../host";
import { matrix, ones } from "../matmul/spec";
import type { Node } from "../node";
import { ROW_THREADS, sumSource } from "../rows";
import type { Value } from "../value";
import { kernel } from "./kernel";
import { plain } from "./linear";

type Inputs = KernelInputs<"GrokLayerNorm">;
type GradientInputs = KernelInputs<"GrokLayerNormGrad">;
type Attributes = { eps: number; hasBias?: boolean };

/** Sets `mean` (0 where the norm does not centre) and `inverse` of the row that begins at `start`. */
function momentsSource(centred: boolean): string {
  const mean = `var total = 0.0;
    for (var c = thread; c < width(); c += ${ROW_THREADS}u) { total += x[start + c]; }
    let mean = sumOf(vec4<f32>(total), thread).x / f32(width());`;
  return `${centred ? mean : "let mean = 0.0;"}
    var squares = 0.0;
    for (var c = thread; c < width(); c += ${ROW_THREADS}u) {
      let d = x[start + c] - mean;
      squares += d * d;
    }
    let inverse = 1.0 / sqrt(sumOf(vec4<f32>(squares), thread).x / f32(width()) + eps());`;
}

function normalise(
  host: WebgpuHost,
  { x, gain, bias }: Inputs,
  eps: number,
  centred: boolean,
): tf.TensorInfo[] {
  const [n, width] = matrixShape(x);
  const y = host.memory.output(x.shape);
  const values = [
    host.memory.input(x),
    host.memory.input(gain),
    ...(bias ? [host.memory.input(bias)] : []),
    host.memory.input(y),
  ];
  host.run({
    program: {
      key: `norm ${centred} ${bias !== undefined}`,
      buffers: [
        { name: "x", type: "f32" },
        { name: "gain", type: "f32" },
        ...(bias ? [{ name: "bias", type: "f32" as const }] : []),
        { name: "y", type: "f32", writes: true },
      ],
      parameters: [
        { name: "rows", type: "u32" },
        { name: "width", type: "u32" },
        { name: "eps", type: "f32" },
      ],
      threads: ROW_THREADS,
      declarations: sumSource,
      body: `  if (group < rows()) {
    let start = group * width();
    ${momentsSource(centred)}
    for (var c = thread; c < width(); c += ${ROW_THREADS}u) {
      y[start + c] = (x[start + c] - mean) * inverse * gain[c]${bias ? " + bias[c]" : ""};
    }
  }`,
    },
    values,
    settings: [n, width, eps],
    groups: n,
  });
  return [y];
}

/** Rows of which a workgroup adds up the gain's and the bias's gradients. */
const CHUNK = 8;

/** What a gradient reads, and where it puts the sums of chunks. */
interface Operands {
  x: Value; // [rows, width]
  gain: Value; // [width]
  dy: Value; // [rows, width]
  dGain: Value; // [chunks, width]
  dBias: Value | undefined; // [chunks, width]
}

/** dx, and sums of chunks of rows for the gradients of gain and bias. */
class NormGradient implements Node {
  readonly #values: Operands;
  readonly #settings: readonly number[];
  readonly #centred: boolean;
  #dx: Value;
  #addend: Value | undefined;

  constructor(
    values: Operands,
    dx: Value,
    settings: readonly [rows: number, width: number, eps: number],
    centred: boolean,
  ) {
    this.#values = values;
    this.#dx = dx;
    this.#settings = settings;
    this.#centred = centred;
  }

  reads(): Value[] {
    const { x, gain, dy } = this.#values;
    return this.#addend === undefined ? [x, gain, dy] : [x, gain, dy, this.#addend];
  }

  writes(): Value[] {
    const { dGain, dBias } = this.#values;
    return dBias === undefined ? [this.#dx, dGain] : [this.#dx, dGain, dBias];
  }

  absorb(made: Value, other: Value, sum: Value): boolean {
    if (made !== this.#dx || this.#addend !== undefined) return false;
    this.#dx = sum;
    this.#addend = other;
    return true;
  }

  calls(): Call[] {
    const { x, gain, dy, dGain, dBias } = this.#values;
    const [rows] = this.#settings as [number];
    const buffers: Record<string, Value> = { x, gain, dy };
    if (this.#addend !== undefined) buffers["addend"] = this.#addend;
    const reads = Object.keys(buffers).length;
    Object.assign(buffers, { dx: this.#dx, dGain });
    if (dBias !== undefined) buffers["dBias"] = dBias;
    const program = {
      key: `norm gradient ${this.#centred} ${Object.keys(buffers).join(" ")}`,
      buffers: Object.keys(buffers).map((name, i) => ({
        name,
        type: "f32" as const,
        writes: i >= reads,
      })),
      parameters: [
        { name: "rows", type: "u32" as const },
        { name: "width", type: "u32" as const },
        { name: "eps", type: "f32" as const },
      ],
      threads: ROW_THREADS,
      declarations: sumSource,
      body: `  let begin = group * ${CHUNK}u;
  if (begin < rows()) {
    for (var c = thread; c < width(); c += ${ROW_THREADS}u) {
      dGain[group * width() + c] = 0.0;
      ${dBias === undefined ? "" : "dBias[group * width() + c] = 0.0;"}
    }
    for (var row = begin; row < min(begin + ${CHUNK}u, rows()); row++) {
      let start = row * width();
      ${momentsSource(this.#centred)}
      var sums = vec4<f32>();
      for (var c = thread; c < width(); c += ${ROW_THREADS}u) {
        let slope = dy[start + c] * gain[c];
        sums += vec4<f32>(slope, slope * (x[start + c] - mean) * inverse, 0.0, 0.0);
      }
      sums = sumOf(sums, thread) / f32(width());
      for (var c = thread; c < width(); c += ${ROW_THREADS}u) {
        let slope = dy[start + c];
        let normal = (x[start + c] - mean) * inverse;
        dx[start + c] = (slope * gain[c] ${this.#centred ? "- sums.x" : ""} - normal * sums.y) * inverse${this.#addend === undefined ? "" : " + addend[start + c]"};
        dGain[group * width() + c] += slope * normal;
        ${dBias === undefined ? "" : "dBias[group * width() + c] += slope;"}
      }
    }
  }`,
    };
    return [
      {
        program,
        values: Object.values(buffers),
        settings: this.#settings,
        groups: Math.ceil(rows / CHUNK),
      },
    ];
  }
}

function normaliseGradient(
  host: WebgpuHost,
  { x, gain, dy }: GradientInputs,
  { eps, hasBias = false }: Attributes,
  centred: boolean,
): tf.TensorInfo[] {
  const [n, width] = matrixShape(x);
  const chunks = Math.ceil(n / CHUNK);
  const dx = host.memory.output(x.shape);
  const sums = {
    dGain: host.memory.temporary(chunks * width),
    dBias: hasBias ? host.memory.temporary(chunks * width) : undefined,
  };
  const values = {
    x: host.memory.input(x),
    gain: host.memory.input(gain),
    dy: host.memory.input(dy),
    ...sums,
  };
  host.record(new NormGradient(values, host.memory.input(dx), [n, width, eps], centred));
  const total = (parts: Value) => {
    const out = host.memory.output([width]);
    const terms = [{ a: ones, b: matrix(parts, width), inner: chunks }];
    host.product({ ...plain, terms, m: 1, n: width, out: host.memory.input(out) });
    return out;
  };
  const dGain = total(sums.dGain);
  return sums.dBias === undefined ? [dx, dGain] : [dx, dGain, total(sums.dBias)];
}

export const normKernels = [
  kernel("GrokLayerNorm", (host, inputs, { eps }) => normalise(host, inputs, eps, true)),
  kernel("GrokLayerNormGrad", (host, inputs, attributes) =>
    normaliseGradient(host, inputs, attributes, true),
  ),
  kernel("GrokRmsNorm", (host, inputs, { eps }) => normalise(host, inputs, eps, false)),
  kernel("GrokRmsNormGrad", (host, inputs, attributes) =>
    normaliseGradient(host, inputs, attributes, false),
  ),
];
