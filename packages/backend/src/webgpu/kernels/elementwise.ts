import type * as tf from "@tensorflow/tfjs-core";
import { sizeOf } from "../../wasm/kernels/kernel";
import { activationSource, derivativeSource } from "../activation";
import type { Call } from "../call";
import type { WebgpuHost } from "../host";
import type { ParameterSpec } from "../program";
import type { Addition } from "../schedule";
import type { Value } from "../value";
import { kernel } from "./kernel";

const THREADS = 128;

/** A call that computes each element from those at the same place; `i` is the element's index. */
export function elementwiseCall(
  name: string,
  size: number,
  {
    inputs,
    outputs,
    settings = [],
    declarations,
    body,
  }: {
    inputs: Record<string, Value>;
    outputs: Record<string, Value>;
    settings?: (ParameterSpec & { value: number })[];
    declarations?: string;
    body: string;
  },
): Call {
  return {
    program: {
      key: `${name}\n${body}`,
      buffers: [
        ...Object.keys(inputs).map((each) => ({ name: each, type: "f32" as const })),
        ...Object.keys(outputs).map((each) => ({ name: each, type: "f32" as const, writes: true })),
      ],
      parameters: [{ name: "size", type: "u32" }, ...settings],
      threads: THREADS,
      declarations,
      body: `  let i = group * ${THREADS}u + thread;
  if (i >= size()) { return; }
  ${body}`,
    },
    values: [...Object.values(inputs), ...Object.values(outputs)],
    settings: [size, ...settings.map(({ value }) => value)],
    groups: Math.ceil(size / THREADS),
  };
}

/** One output of one input's shape. */
function map(
  host: WebgpuHost,
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  body: string,
  settings: (ParameterSpec & { value: number })[] = [],
  declarations?: string,
): tf.TensorInfo[] {
  const [first] = Object.values(inputs) as [tf.TensorInfo];
  const z = host.memory.output(first.shape);
  if (sizeOf(first) === 0) return [z];
  host.run(
    elementwiseCall(name, sizeOf(first), {
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([key, info]) => [key, host.memory.input(info)]),
      ),
      outputs: { z: host.memory.input(z) },
      settings,
      declarations,
      body,
    }),
  );
  return [z];
}

class AdditionNode implements Addition {
  readonly addition: Addition["addition"];
  readonly #size: number;
  constructor(addition: Addition["addition"], size: number) {
    this.addition = addition;
    this.#size = size;
  }
  reads(): Value[] {
    return [this.addition.x, this.addition.y];
  }
  writes(): Value[] {
    return [this.addition.sum];
  }
  calls(): Call[] {
    const { x, y, sum } = this.addition;
    return [
      elementwiseCall("add", this.#size, {
        inputs: { x, y },
        outputs: { z: sum },
        body: "z[i] = x[i] + y[i];",
      }),
    ];
  }
}

const scatterBits = `fn scatterBits(x: u32) -> u32 {
  var h = x;
  h = (h ^ (h >> 16u)) * 0x7feb352du;
  h = (h ^ (h >> 15u)) * 0x846ca68bu;
  return h ^ (h >> 16u);
}`;

export const elementwiseKernels = [
  kernel("GrokAdd", (host, { x, y }) => {
    const z = host.memory.output(x.shape);
    if (sizeOf(x) === 0) return [z];
    const addition = {
      x: host.memory.input(x),
      y: host.memory.input(y),
      sum: host.memory.input(z),
    };
    host.record(new AdditionNode(addition, sizeOf(x)));
    return [z];
  }),
  kernel("GrokScale", (host, { x }, { factor }) =>
    map(host, "scale", { x }, "z[i] = x[i] * factor();", [
      { name: "factor", type: "f32", value: factor },
    ]),
  ),
  kernel("GrokDropout", (host, { x }, { rate, key }) =>
    map(
      host,
      "dropout",
      { x },
      "z[i] = select(0.0, x[i] * factor(), scatterBits(scatterBits(i) ^ key()) >= limit());",
      [
        { name: "factor", type: "f32", value: 1 / (1 - rate) },
        { name: "key", type: "u32", value: key >>> 0 },
        { name: "limit", type: "u32", value: Math.round(rate * 2 ** 32) },
      ],
      scatterBits,
    ),
  ),
  kernel("GrokActivate", (host, { x }, { activation }) =>
    map(host, "activate", { x }, `z[i] = ${activation}(x[i]);`, [], activationSource),
  ),
  kernel("GrokActivateGrad", (host, { x, dy }, { activation }) =>
    map(
      host,
      "activate gradient",
      { x, dy },
      `z[i] = dy[i] * ${derivativeSource(activation, "x[i]")};`,
      [],
      activationSource,
    ),
  ),
  kernel("GrokSwiglu", (host, { gate, up }) =>
    map(host, "swiglu", { gate, up }, "z[i] = silu(gate[i]) * up[i];", [], activationSource),
  ),
  kernel("GrokSwigluGrad", (host, { gate, up, dy }) => {
    const [dGate, dUp] = [host.memory.output(gate.shape), host.memory.output(up.shape)] as const;
    if (sizeOf(gate) === 0) return [dGate, dUp];
    host.run(
      elementwiseCall("swiglu gradient", sizeOf(gate), {
        inputs: {
          gate: host.memory.input(gate),
          up: host.memory.input(up),
          dy: host.memory.input(dy),
        },
        outputs: { dGate: host.memory.input(dGate), dUp: host.memory.input(dUp) },
        declarations: activationSource,
        body: `let g = gate[i];
  let slope = dy[i];
  dGate[i] = slope * up[i] * siluSlope(g);
  dUp[i] = slope * silu(g);`,
      }),
    );
    return [dGate, dUp];
  }),
];
