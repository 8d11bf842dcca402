import { type KernelAttributes, type KernelInputs, rotaryAngles } from "@grok/ops";
import type { Call } from "../call";
import type { WebgpuHost } from "../host";
import type { BufferSpec, Program } from "../program";
import type { Value } from "../value";

export type Inputs = KernelInputs<"GrokAttention">;
export type Attributes = KernelAttributes<"GrokAttention">;

const THREADS = 64;

/**
 * Cosine and sine of each pair of features by distance from the key, in turn: a query is turned by its
 * distance, the key not at all.
 *
 * @returns [depth, e/2, 2], one number without rotary positions
 */
export function turns(host: WebgpuHost, depth: number, e: number, base: number): Value {
  return host.memory.constant(`turns ${base} ${base > 0 ? `${depth} ${e}` : ""}`, () => {
    if (base === 0) return new Float32Array(1);
    const { cos, sin } = rotaryAngles(depth, e, base);
    return Float32Array.from(
      { length: 2 * cos.length },
      (_, i) => ((i & 1) === 0 ? cos : sin)[i >> 1] as number,
    );
  });
}

/** n queries, at most `depth` keys each, heads of width e. */
interface Sizes {
  n: number;
  depth: number;
  heads: number;
  e: number;
}

/** Bindings by name: what is written comes last. */
export function makeCall(
  name: string,
  reads: Record<string, Value>,
  writes: Record<string, Value>,
  { n, depth, heads, e }: Sizes,
  { rotary, rows, threads, body }: { rotary: boolean; rows: number; threads: number; body: string },
): Call {
  const indices = ["queries", "keyRows", "places"];
  const spec = (each: string, isWritten: boolean): BufferSpec => ({
    name: each,
    type: indices.includes(each) ? "i32" : "f32",
    writes: isWritten,
  });
  const program: Program = {
    key: `attention ${name} ${rotary}`,
    buffers: [
      ...Object.keys(reads).map((each) => spec(each, false)),
      ...Object.keys(writes).map((each) => spec(each, true)),
    ],
    parameters: [
      ...["n", "depth", "heads", "e", "rows"].map((each) => ({ name: each, type: "u32" as const })),
      { name: "factor", type: "f32" },
      { name: "size", type: "u32" },
    ],
    threads: THREADS,
    body: `  let i = group * ${THREADS}u + thread;
  if (i >= size()) { return; }
  let width = heads() * e();
${body}`,
  };
  return {
    program,
    values: [...Object.values(reads), ...Object.values(writes)],
    settings: [n, depth, heads, e, rows, e ** -0.5, threads],
    groups: Math.ceil(threads / THREADS),
  };
}

/** Where the list of query `query` begins, and how many keys of it the query has. */
export const findKeys = `let list = u32(queries[3u * query + 1u]) * depth();
  let count = u32(queries[3u * query + 2u]);`;

/** Sets `turned` to feature `feature` of `SOURCE` at `from`, turned by `distance`, and back if −1. */
export function turnedSource(source: string, rotary: boolean, back: boolean): string {
  if (!rotary) return `let turned = ${source}[base + feature];`;
  return `let turn = 2u * (distance * (e() / 2u) + (feature % e()) / 2u);
    let isOdd = (feature & 1u) == 1u;
    let other = ${source}[base + (feature ^ 1u)];
    let s = ${back ? "-" : ""}turns[turn + 1u];
    let turned = ${source}[base + feature] * turns[turn] + select(-other, other, isOdd) * s;`;
}
