import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mlp, orderParameters } from "../architectures/mlp";
import { mlx } from "../architectures/mlx";
import { power } from "../architectures/power";
import type { TokenBatch } from "../batch";
import type { TransformerConfig } from "../transformer/config";
import type { LayerPlan } from "./layer";
import { plan } from "./plan";
import type { TransformerPlan } from "./transformer";

/** Follows a plan with numbers that stand for what a row was computed from, instead of features. */
class Tracer {
  private readonly known = new Map<string, number>();

  private of(...parts: unknown[]): number {
    const text = parts.join(",");
    if (!this.known.has(text)) this.known.set(text, this.known.size);
    return this.known.get(text) as number;
  }

  inputs({ inputRows, tokens, positions }: TransformerPlan): number[] {
    return Array.from({ length: inputRows }, (_, row) =>
      this.of("input", tokens?.[row] ?? row, positions?.[row]),
    );
  }

  layer(
    x: number[],
    { queryRows, queries, keyRows, depth, residualRows, rows }: LayerPlan,
  ): number[] {
    const asked = queryRows === undefined ? x : Array.from(queryRows, (row) => x[row]);
    return Array.from({ length: rows }, (_, row) => {
      const [queryRow, list, count] = Array.from(queries.subarray(3 * row, 3 * row + 3)) as [
        number,
        number,
        number,
      ];
      const keys = Array.from(keyRows.subarray(list * depth, list * depth + count));
      expect(keys.length).toBe(count);
      expect(count).toBeGreaterThan(0);
      const below = x[residualRows === undefined ? row : (residualRows[row] as number)];
      expect(asked[queryRow]).toBe(below);
      return this.of("layer", below, ...keys.map((key) => x[key] as number));
    });
  }

  /** What each layer's rows were computed from, and then each answer. */
  run(transformer: TransformerPlan): { layers: number[][]; answers: number[] } {
    const layers = [this.inputs(transformer)];
    for (const layer of transformer.layers) {
      layers.push(this.layer(layers.at(-1) as number[], layer));
    }
    const last = layers.at(-1) as number[];
    const answers =
      transformer.answers === undefined
        ? last
        : Array.from(transformer.answers, (row) => last[row] as number);
    return { layers, answers };
  }
}

const cases = fc
  .record({
    size: fc.integer({ min: 1, max: 12 }),
    length: fc.integer({ min: 1, max: 5 }),
    layers: fc.integer({ min: 1, max: 4 }),
    rotary: fc.boolean(),
  })
  .chain(({ size, length, ...rest }) =>
    fc.record({
      size: fc.constant(size),
      length: fc.constant(length),
      layers: fc.constant(rest.layers),
      rotary: fc.constant(rest.rotary),
      answerPositions: fc
        .uniqueArray(fc.integer({ min: 0, max: length - 1 }), { minLength: 1 })
        .map((answerPositions) => answerPositions.sort((a, b) => a - b)),
      tokens: fc
        .array(fc.integer({ min: 0, max: 3 }), {
          minLength: size * length,
          maxLength: size * length,
        })
        .map((tokens) => Int32Array.from(tokens)),
    }),
  )
  .map(({ layers, rotary, ...batch }) => {
    const changes = { layers, vocabulary: 4, classes: 4, context: 5 };
    const config: TransformerConfig = rotary ? mlx(2, changes) : power(2, changes);
    return { config, batch: batch as TokenBatch };
  });

const off = { sharedPrefixes: false, answerOnly: false, tokenTables: false };
const plans = (config: TransformerConfig, batch: TokenBatch, shortcuts: object, dropout = false) =>
  plan(config, batch, { shortcuts, dropout }) as TransformerPlan;

describe("plan of a transformer", () => {
  it("without shortcuts has a row per sequence and position, each on all before it", () => {
    fc.assert(
      fc.property(cases, ({ config, batch: { tokens, size, length, answerPositions } }) => {
        const plain = plans(config, { tokens, size, length, answerPositions }, off);
        expect(plain.tokens).toEqual(tokens);
        expect(plain.inputRows).toBe(size * length);
        for (const { queryRows, queries, keyRows, residualRows, rows } of plain.layers) {
          expect([queryRows, residualRows, rows]).toEqual([undefined, undefined, size * length]);
          expect(Array.from(keyRows)).toEqual(Array.from({ length: rows }, (_, row) => row));
          for (let row = 0; row < rows; row++) {
            const expected = [row, Math.floor(row / length), (row % length) + 1];
            expect(Array.from(queries.subarray(3 * row, 3 * row + 3))).toEqual(expected);
          }
        }
        const answers = plain.answers ?? Int32Array.from({ length: size * length }, (_, i) => i);
        expect(Array.from(answers)).toEqual(
          Array.from({ length: size }, (_, i) =>
            answerPositions.map((read) => i * length + read),
          ).flat(),
        );
      }),
    );
  });

  it("computes every answer from the same inputs whatever the shortcuts", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ config, batch }, dropout) => {
        const tracer = new Tracer();
        const expected = tracer.run(plans(config, batch, off)).answers;
        for (const sharedPrefixes of [false, true]) {
          for (const answerOnly of [false, true]) {
            for (const tokenTables of [false, true]) {
              const shortcuts = { sharedPrefixes, answerOnly, tokenTables };
              const short = plans(config, batch, shortcuts, dropout);
              expect(tracer.run(short).answers).toEqual(expected);
              expect(short.outputs).toBe(expected.length);
            }
          }
        }
      }),
    );
  });

  it("with all shortcuts computes nothing twice, and in the last layer only what is read", () => {
    fc.assert(
      fc.property(cases, ({ config, batch }) => {
        const short = plans(config, batch, {});
        const { layers, answers } = new Tracer().run(short);
        for (const rows of layers) expect(new Set(rows).size).toBe(rows.length);
        expect(new Set(layers.at(-1))).toEqual(new Set(answers));
        const last = short.layers.at(-1) as LayerPlan;
        if (last.queryRows !== undefined) {
          expect(new Set(last.queryRows).size).toBe(last.queryRows.length);
          expect(last.queryRows.length).toBeLessThanOrEqual(last.rows);
        }
      }),
    );
  });

  it("does not share prefixes where dropout acts", () => {
    const tokens = Int32Array.of(1, 2, 1, 2);
    const batch = { tokens, size: 2, length: 2, answerPositions: [1] };
    const rows = (dropout: number, acts: boolean) =>
      plans(mlx(2, { dropout }), batch, {}, acts).layers[0]?.rows;
    expect(rows(0, true)).toBe(2);
    expect(rows(0.2, false)).toBe(2);
    expect(rows(0.2, true)).toBe(4);
  });

  it("takes the embedding as it is where all tokens occur", () => {
    const tokens = Int32Array.of(3, 1, 0, 2);
    const batch = { tokens, size: 1, length: 4, answerPositions: [3] };
    expect(plans(mlx(2), batch, {}).tokens).toBeUndefined();
    expect(plans(mlx(3), batch, {}).tokens).toEqual(Int32Array.of(0, 1, 2, 3));
  });

  it.each([
    [
      "a token beyond the vocabulary",
      { tokens: Int32Array.of(9), size: 1, length: 1, answerPositions: [0] },
    ],
    ["a negative token", { tokens: Int32Array.of(-1), size: 1, length: 1, answerPositions: [0] }],
    ["too few tokens", { tokens: Int32Array.of(1), size: 1, length: 2, answerPositions: [0] }],
    ["no sequence", { tokens: new Int32Array(), size: 0, length: 2, answerPositions: [0] }],
    [
      "a answer position outside",
      { tokens: Int32Array.of(1), size: 1, length: 1, answerPositions: [1] },
    ],
    ["no answer position", { tokens: Int32Array.of(1), size: 1, length: 1, answerPositions: [] }],
    [
      "reads out of order",
      { tokens: Int32Array.of(1, 1), size: 1, length: 2, answerPositions: [1, 0] },
    ],
    ["a long sequence", { tokens: new Int32Array(9), size: 1, length: 9, answerPositions: [0] }],
  ])("refuses %s", (_what, batch) => {
    expect(() => plan(mlx(2), batch)).toThrow(RangeError);
  });
});

describe("plan of an MLP", () => {
  const batch = { tokens: Int32Array.of(1, 2, 0, 2), size: 2, length: 2, answerPositions: [1] };

  it("uses tables of embeddings where they have no more rows than the batch's inputs", () => {
    expect(plan(mlp(3), batch)).toMatchObject({ firstLayer: "product", ids: batch.tokens });
    const larger = { ...batch, tokens: Int32Array.of(1, 2, 0, 2, 1, 1), size: 3 };
    expect(plan(mlp(3), larger)).toEqual({
      kind: "mlp",
      outputs: 3,
      firstLayer: "tables",
      ids: Int32Array.of(1, 5, 0, 5, 1, 4),
    });
  });

  it("takes one-hot tokens for rows of the weight", () => {
    const hot = { ...batch, tokens: Int32Array.of(1, 4, 0, 5) };
    expect(plan(orderParameters(3), hot)).toMatchObject({ firstLayer: "tables", ids: hot.tokens });
    const shortcuts = { tokenTables: false };
    expect(plan(orderParameters(3), hot, { shortcuts })).toMatchObject({ firstLayer: "product" });
  });

  it("refuses sequences of another length", () => {
    expect(() => plan(mlp(3), { ...batch, size: 1, length: 4 })).toThrow(/do not fit an MLP of 2/);
  });
});
