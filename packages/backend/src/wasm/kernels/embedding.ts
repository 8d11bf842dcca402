import { savesPreactivation } from "@grok/ops";
import { Op } from "../op";
import { activations } from "./activate";
import { kernel, matrixShape, sizeOf } from "./kernel";
import { multiplyAt } from "./multiply";

/** Floats of a cache line, of which no two threads write the same: see shareOfLines of assembly/share.ts. */
const LINE = 16;

/** Of what is divided by columns; where these are one line, no other thread has anything to do. */
const workOfColumns = (rows: number, width: number) => (width <= LINE ? 0 : rows * width);

const embedding = kernel("GrokEmbedding", (host, { table, ids }) => {
  const [n, width] = [sizeOf(ids), table.shape[1] as number];
  const y = host.output([n, width], "float32");
  const addresses = [table, ids, y].map((info) => host.pointer(info));
  host.run(Op.Embedding, [...addresses, n, width], [], n * width);
  return [y];
});

const embeddingGradient = kernel("GrokEmbeddingGrad", (host, { dy, ids }, { rows }) => {
  const [n, width] = matrixShape(dy);
  const dTable = host.output([rows, width], "float32");
  const addresses = [dy, ids, dTable].map((info) => host.pointer(info));
  host.run(Op.EmbeddingGradient, [...addresses, n, width, rows], [], workOfColumns(n, width));
  return [dTable];
});

const embeddingTables = kernel(
  "GrokEmbeddingTables",
  (host, { embedding: table, weight }, { slots }) => {
    const [p, d] = matrixShape(table);
    const h = weight.shape[1] as number;
    const tables = host.output([slots * p, h], "float32");
    multiplyAt(
      host,
      { rows: p, columns: d },
      { rows: d, columns: h, stride: d * h },
      host.pointer(table),
      host.pointer(weight),
      host.pointer(tables),
      { batch: slots },
    );
    return [tables];
  },
);

const embeddingTablesGradient = kernel(
  "GrokEmbeddingTablesGrad",
  (host, { embedding: table, weight, dy }, { slots }) => {
    const [p, d] = matrixShape(table);
    const h = weight.shape[1] as number;
    const dEmbedding = host.output([p, d], "float32");
    const dWeight = host.output(weight.shape, "float32");
    for (let slot = 0; slot < slots; slot++) {
      multiplyAt(
        host,
        { rows: p, columns: h },
        { rows: d, columns: h, transpose: true },
        host.pointer(dy) + 4 * slot * p * h,
        host.pointer(weight) + 4 * slot * d * h,
        host.pointer(dEmbedding),
        { accumulate: slot > 0 },
      );
    }
    multiplyAt(
      host,
      { rows: p, columns: d, transpose: true },
      { rows: p, columns: h, stride: p * h },
      host.pointer(table),
      host.pointer(dy),
      host.pointer(dWeight),
      { batch: slots },
    );
    return [dEmbedding, dWeight];
  },
);

const embeddingSum = kernel(
  "GrokEmbeddingSum",
  (host, { table, ids, bias }, { activation, scale }) => {
    const [n, slots] = matrixShape(ids);
    const width = table.shape[1] as number;
    const y = host.output([n, width], "float32");
    const keeps = savesPreactivation(activation);
    const z = keeps ? host.output([n, width], "float32") : undefined;
    host.run(
      Op.EmbeddingSum,
      [
        host.pointer(table),
        host.pointer(ids),
        bias ? host.pointer(bias) : 0,
        z ? host.pointer(z) : 0,
        host.pointer(y),
        n,
        slots,
        width,
        activations[activation],
      ],
      [scale],
      n * width * slots,
    );
    return z ? [y, z] : [y];
  },
);

const embeddingSumGradient = kernel(
  "GrokEmbeddingSumGrad",
  (host, { dy, ids, at }, { activation, scale, rows, hasBias }) => {
    const [n, slots] = matrixShape(ids);
    const width = dy.shape[1] as number;
    const dTable = host.output([rows, width], "float32");
    const dBias = hasBias ? host.output([width], "float32") : undefined;
    host.run(
      Op.EmbeddingSumGradient,
      [
        host.pointer(dy),
        host.pointer(ids),
        at ? host.pointer(at) : 0,
        host.pointer(dTable),
        dBias ? host.pointer(dBias) : 0,
        n,
        slots,
        width,
        rows,
        activations[activation],
      ],
      [scale],
      workOfColumns(n * slots, width),
    );
    return dBias ? [dTable, dBias] : [dTable];
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
