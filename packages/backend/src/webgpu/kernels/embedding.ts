import { type ActivationKind, savesPreactivation } from "@grok/ops";
import { matrixShape, sizeOf } from "../../wasm/kernels/kernel";
import { activationSource, derivativeSource } from "../activation";
import type { Call } from "../call";
import { matrix, ones } from "../matmul/spec";
import type { BufferSpec } from "../program";
import { placesOf } from "../scatter";
import type { Value } from "../value";
import { kernel } from "./kernel";
import { plain } from "./linear";

const THREADS = 128;

/**
 * activation(scale·(Σ of each row's table rows + bias)). Indices that the device has computed are kept
 * within the table.
 */
function sumCall(
  values: { table: Value; ids: Value; bias?: Value | undefined; at?: Value | undefined; y: Value },
  [n, slots, width]: readonly [number, number, number],
  { activation, scale, rows }: { activation: ActivationKind; scale: number; rows: number },
): Call {
  const names = (["table", "ids", "bias", "at", "y"] as const).filter((name) => values[name]);
  const buffers = names.map(
    (name): BufferSpec => ({
      name,
      type: name === "ids" ? "i32" : "f32",
      writes: name === "at" || name === "y",
    }),
  );
  return {
    program: {
      key: `embedding sum ${activation} ${names.join(" ")}`,
      buffers,
      parameters: [
        { name: "size", type: "u32" },
        { name: "slots", type: "u32" },
        { name: "width", type: "u32" },
        { name: "factor", type: "f32" },
        { name: "rows", type: "u32" },
      ],
      threads: THREADS,
      declarations: activationSource,
      body: `  let i = group * ${THREADS}u + thread;
  if (i >= size()) { return; }
  let row = i / width();
  let column = i % width();
  var sum = 0.0;
  for (var s = 0u; s < slots(); s++) {
    sum += table[min(u32(ids[row * slots() + s]), rows() - 1u) * width() + column];
  }
  ${values.bias ? "sum += bias[column];" : ""}
  sum *= factor();
  ${values.at ? "at[i] = sum;" : ""}
  y[i] = ${activation}(sum);`,
    },
    values: names.map((name) => values[name] as Value),
    settings: [n * width, slots, width, scale, rows],
    groups: Math.ceil((n * width) / THREADS),
  };
}

/** For each row of the table, the sum of the gradients of the places that name it. */
function gradientCall(
  {
    dy,
    places,
    at,
    dTable,
  }: Record<"dy" | "places" | "dTable", Value> & { at?: Value | undefined },
  [rows, slots, width]: readonly [number, number, number],
  { activation, scale }: { activation: ActivationKind; scale: number },
): Call {
  const derivative = at === undefined ? "" : ` * ${derivativeSource(activation, "at[element]")}`;
  return {
    program: {
      key: `embedding gradient ${at === undefined ? "" : activation}`,
      buffers: [
        { name: "dy", type: "f32" },
        { name: "places", type: "i32" },
        ...(at === undefined ? [] : [{ name: "at", type: "f32" as const }]),
        { name: "dTable", type: "f32", writes: true },
      ],
      parameters: [
        { name: "rows", type: "u32" },
        { name: "slots", type: "u32" },
        { name: "width", type: "u32" },
        { name: "factor", type: "f32" },
      ],
      threads: THREADS,
      declarations: activationSource,
      body: `  let i = group * ${THREADS}u + thread;
  if (i >= rows() * width()) { return; }
  let row = i / width();
  let column = i % width();
  var sum = 0.0;
  for (var p = places[row]; p < places[row + 1u]; p++) {
    let element = (u32(places[rows() + 1u + u32(p)]) / slots()) * width() + column;
    sum += dy[element]${derivative};
  }
  dTable[i] = sum * factor();`,
    },
    values: at === undefined ? [dy, places, dTable] : [dy, places, at, dTable],
    settings: [rows, slots, width, scale],
    groups: Math.ceil((rows * width) / THREADS),
  };
}

const unchanged = { activation: "none", scale: 1 } as const;

const embedding = kernel("GrokEmbedding", (host, { table, ids }, { rows }) => {
  const [n, width] = [sizeOf(ids), table.shape[1] as number];
  const y = host.memory.output([n, width]);
  if (n === 0) return [y];
  const values = {
    table: host.memory.input(table),
    ids: host.memory.input(ids),
    y: host.memory.input(y),
  };
  host.run(sumCall(values, [n, 1, width], { ...unchanged, rows }));
  return [y];
});

const embeddingGradient = kernel("GrokEmbeddingGrad", (host, { dy, ids }, { rows }) => {
  const width = dy.shape[1] as number;
  const dTable = host.memory.output([rows, width]);
  const values = {
    dy: host.memory.input(dy),
    places: placesOf(host, ids, rows),
    dTable: host.memory.input(dTable),
  };
  host.run(gradientCall(values, [rows, 1, width], unchanged));
  return [dTable];
});

const embeddingTables = kernel(
  "GrokEmbeddingTables",
  (host, { embedding: table, weight }, { slots }) => {
    const [p, d] = matrixShape(table);
    const h = weight.shape[1] as number;
    const tables = host.memory.output([slots * p, h]);
    const a = matrix(host.memory.input(table), d);
    const b = matrix(host.memory.input(weight), h, { batchStride: d * h });
    const terms = [{ a, b, inner: d }];
    host.product({ ...plain, terms, m: p, n: h, batch: slots, out: host.memory.input(tables) });
    return [tables];
  },
);

const embeddingTablesGradient = kernel(
  "GrokEmbeddingTablesGrad",
  (host, { embedding: table, weight, dy }, { slots }) => {
    const [p, d] = matrixShape(table);
    const h = weight.shape[1] as number;
    const [given, matrices, slopes] = [
      host.memory.input(table),
      host.memory.input(weight),
      host.memory.input(dy),
    ];
    const dEmbedding = host.memory.output([p, d]);
    const terms = Array.from({ length: slots }, (_, slot) => ({
      a: matrix(slopes, h, { offset: slot * p * h }),
      b: matrix(matrices, h, { offset: slot * d * h, transpose: true }),
      inner: h,
    }));
    host.product({ ...plain, terms, m: p, n: d, out: host.memory.input(dEmbedding) });
    const dWeight = host.memory.output(weight.shape);
    const a = matrix(given, d, { transpose: true });
    const b = matrix(slopes, h, { batchStride: p * h });
    host.product({
      ...plain,
      terms: [{ a, b, inner: p }],
      m: d,
      n: h,
      batch: slots,
      out: host.memory.input(dWeight),
    });
    return [dEmbedding, dWeight];
  },
);

const embeddingSum = kernel("GrokEmbeddingSum", (host, { table, ids, bias }, attributes) => {
  const [n, slots] = matrixShape(ids);
  const width = table.shape[1] as number;
  const y = host.memory.output([n, width]);
  const at = savesPreactivation(attributes.activation) ? host.memory.output([n, width]) : undefined;
  if (n > 0) {
    const values = {
      table: host.memory.input(table),
      ids: host.memory.input(ids),
      bias: bias && host.memory.input(bias),
      at: at && host.memory.input(at),
      y: host.memory.input(y),
    };
    const rows = table.shape[0] as number;
    host.run(sumCall(values, [n, slots, width], { ...attributes, rows }));
  }
  return at === undefined ? [y] : [y, at];
});

const embeddingSumGradient = kernel(
  "GrokEmbeddingSumGrad",
  (host, { dy, ids, at }, { rows, hasBias, ...attributes }) => {
    const [n, slots] = matrixShape(ids);
    const width = dy.shape[1] as number;
    const { activation, scale } = attributes;
    const slopes = host.memory.input(dy);
    const preactivation = at && activation !== "none" ? host.memory.input(at) : undefined;
    const dTable = host.memory.output([rows, width]);
    const places = placesOf(host, ids, rows);
    host.run(
      gradientCall(
        { dy: slopes, places, at: preactivation, dTable: host.memory.input(dTable) },
        [rows, slots, width],
        attributes,
      ),
    );
    if (!hasBias) return [dTable];
    const dBias = host.memory.output([width]);
    const derivative = preactivation && { kind: activation, at: preactivation };
    const terms = [{ a: ones, b: matrix(slopes, width, { derivative }), inner: n }];
    host.product({ ...plain, terms, m: 1, n: width, alpha: scale, out: host.memory.input(dBias) });
    return [dTable, dBias];
  },
);

export const embeddingKernels = [
  embedding,
  embeddingGradient,
  embeddingTables,
  embeddingTablesGradient,
  embeddingSum,
  embeddingSumGradient,
];
