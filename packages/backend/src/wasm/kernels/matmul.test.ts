import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Activation } from "../activation";
import { hasRelaxedSimd } from "../features";
import type { WasmHost } from "../host";
import { startWasm, stopWasm } from "../start";
import { loadWide } from "../wide";
import { multiply } from "./multiply";

type Numbers = Float32Array;

/** The unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;

/** Numbers of both signs that depend on `seed` alone. */
function numbers(count: number, seed: number): Numbers {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = (state / 2 ** 32) * 4 - 2;
  }
  return values;
}

interface Product {
  m: number;
  k: number;
  n: number;
  transposeA: boolean;
  transposeB: boolean;
}

/**
 * The largest error of `actual` as an op(A)·op(B) (+ bias, or + what was there), in units of what
 * float32 may lose: (k + 2) roundings of the sum of the terms' sizes. NaN where anything is NaN.
 */
function worstError(
  { m, k, n, transposeA, transposeB }: Product,
  a: Numbers,
  b: Numbers,
  actual: ArrayLike<number>,
  start: (row: number, column: number) => number = () => 0,
): number {
  let worst = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = start(i, j);
      let size = Math.abs(sum);
      for (let l = 0; l < k; l++) {
        const x = a[transposeA ? l * m + i : i * k + l] as number;
        const y = b[transposeB ? j * k + l : l * n + j] as number;
        sum += x * y;
        size += Math.abs(x * y);
      }
      const error = Math.abs((actual[i * n + j] as number) - sum);
      const unit = (k + 2) * ROUNDOFF * size;
      // Not Math.max: NaN has to stay.
      if (!(error <= worst * unit))
        worst = unit > 0 ? error / unit : error === 0 ? worst : Number.NaN;
    }
  }
  return worst;
}

const sizes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 6, 7, 8, 14, 21, 32, 97, 99, 128) },
);
const products = fc.record({
  m: sizes,
  // Beyond 512 the inner dimension is taken in blocks.
  k: fc.oneof(
    { weight: 6, arbitrary: sizes },
    { weight: 1, arbitrary: fc.constantFrom(512, 513, 1218) },
  ),
  n: fc.oneof({ weight: 9, arbitrary: sizes }, { weight: 1, arbitrary: fc.constantFrom(341, 515) }),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
});

function shapes({ m, k, n, transposeA, transposeB }: Product) {
  return {
    a: (transposeA ? [k, m] : [m, k]) as [number, number],
    b: (transposeB ? [n, k] : [k, n]) as [number, number],
  };
}

/** What `multiply` gives for a product of `numbers`, through the host's own interface. */
function multiplied(
  host: WasmHost,
  product: Product,
  options: { bias?: boolean; activation?: Activation; accumulate?: boolean } = {},
) {
  const { m, k, n, transposeA, transposeB } = product;
  const shape = shapes(product);
  const [a, b, bias, before] = [
    numbers(m * k, 1),
    numbers(k * n, 2),
    numbers(n, 3),
    numbers(m * n, 4),
  ];
  let actual = new Float32Array();
  tf.tidy(() => {
    const out = tf.tensor(before, [m, n]);
    multiply(
      host,
      {
        tensor: tf.tensor(a, shape.a),
        rows: shape.a[0],
        columns: shape.a[1],
        transpose: transposeA,
      },
      {
        tensor: tf.tensor(b, shape.b),
        rows: shape.b[0],
        columns: shape.b[1],
        transpose: transposeB,
      },
      out,
      { ...options, bias: options.bias ? tf.tensor(bias) : undefined },
    );
    actual = out.dataSync() as Float32Array<ArrayBuffer>;
  });
  return { a, b, bias, before, actual };
}

const hasWide = (await loadWide(true)).module !== undefined;

const settings = [
  { simd: "wide", threads: 1, shared: true },
  { simd: "wide", threads: 2, shared: true },
  { simd: "wide", threads: 1, shared: false },
  { simd: "relaxed", threads: 1, shared: true },
  { simd: "relaxed", threads: 2, shared: true },
  { simd: "plain", threads: 1, shared: true },
  { simd: "plain", threads: 2, shared: true },
  { simd: "relaxed", threads: 1, shared: false },
  { simd: "plain", threads: 1, shared: false },
] as const;

for (const { simd, threads, shared } of settings) {
  const skipped = simd === "wide" ? !hasWide : simd === "relaxed" && !hasRelaxedSimd();
  const name = `matmul, ${simd} SIMD, ${threads} thread(s), ${shared ? "shared" : "own"} memory`;
  describe.skipIf(skipped)(`${name} [relaxed needs Node 24, wide its V8's revectorizer]`, () => {
    let host: WasmHost;
    let before: number;

    beforeAll(async () => {
      host = await startWasm({ simd, threads, shared, guard: true, teamWork: 0 });
      before = tf.memory().numTensors;
    });

    afterEach(() => {
      expect(tf.memory().numTensors).toBe(before);
    });

    test("is within float32's rounding of the float64 product, for all transpositions", () => {
      fc.assert(
        fc.property(products, (product) => {
          const { a, b, actual } = multiplied(host, product);
          const error = worstError(product, a, b, actual);
          expect(error).toBeLessThanOrEqual(1);
        }),
        { numRuns: 60, seed: 7 },
      );
    });

    test("is right for every number of rows and columns that a tile can be left with", () => {
      for (let m = 1; m <= 13; m++) {
        for (let n = 1; n <= 17; n++) {
          for (const k of [1, 3, 33]) {
            const product = { m, k, n, transposeA: n % 2 === 0, transposeB: m % 2 === 0 };
            const { a, b, actual } = multiplied(host, product);
            expect(worstError(product, a, b, actual), JSON.stringify(product)).toBeLessThanOrEqual(
              1,
            );
          }
        }
      }
    });

    test("is right for the gradient of a narrow layer, which goes another way", () => {
      for (const m of [1, 6, 7, 13, 32]) {
        for (const n of [3, 4, 5, 7, 8, 9, 12, 13, 21, 32]) {
          const product = { m, k: 1030, n, transposeA: true, transposeB: false };
          for (const accumulate of [false, true]) {
            const { a, b, before: start, actual } = multiplied(host, product, { accumulate });
            const from = (i: number, j: number) => (accumulate ? (start[i * n + j] as number) : 0);
            expect(worstError(product, a, b, actual, from), `${m} ${n}`).toBeLessThanOrEqual(1);
          }
        }
      }
    });

    test("is right for many rows of few features, which go another way, too", () => {
      for (const [m, k] of [
        [64, 7],
        [65, 1],
        [70, 14],
        [131, 32],
      ] as const) {
        for (let n = 3; n <= 17; n++) {
          for (const transposeB of [false, true]) {
            const product = { m, k, n, transposeA: false, transposeB };
            const where = JSON.stringify(product);
            const plain = multiplied(host, product);
            expect(worstError(product, plain.a, plain.b, plain.actual), where).toBeLessThanOrEqual(
              1,
            );
            const { a, b, bias, actual } = multiplied(host, product, { bias: true });
            const addsBias = (_: number, column: number) => bias[column] as number;
            expect(worstError(product, a, b, actual, addsBias), where).toBeLessThanOrEqual(1);
            const relu = multiplied(host, product, { bias: true, activation: Activation.Relu });
            expect(relu.actual, where).toEqual(actual.map((value) => Math.max(value, 0)));
          }
        }
      }
    });

    test("adds a bias, or adds to what is there", () => {
      fc.assert(
        fc.property(products, (product) => {
          const biased = multiplied(host, product, { bias: true });
          const { a, b, bias } = biased;
          const addsBias = (_: number, column: number) => bias[column] as number;
          expect(worstError(product, a, b, biased.actual, addsBias)).toBeLessThanOrEqual(1);
          const added = multiplied(host, product, { accumulate: true });
          const adds = (row: number, column: number) =>
            added.before[row * product.n + column] as number;
          expect(worstError(product, a, b, added.actual, adds)).toBeLessThanOrEqual(1);
        }),
        { numRuns: 20, seed: 8 },
      );
    });

    test("applies an activation to the very values that it gives without", () => {
      const activations: [Activation, (x: number) => number, number][] = [
        [Activation.Relu, (x) => Math.max(x, 0), 0],
        [Activation.Silu, (x) => x / (1 + Math.exp(-x)), 1e-6],
        [
          Activation.Gelu,
          (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))),
          1e-6,
        ],
      ];
      fc.assert(
        fc.property(
          products,
          fc.constantFrom(...activations),
          (product, [activation, f, allowed]) => {
            const { actual: plain } = multiplied(host, product, { bias: true });
            const { actual } = multiplied(host, product, { bias: true, activation });
            actual.forEach((value, i) => {
              const x = plain[i] as number;
              // gelu cancels for negative x: its error is one of x, not of the result.
              expect(Math.abs(value - f(x))).toBeLessThanOrEqual(allowed * Math.abs(x));
            });
          },
        ),
        { numRuns: 20, seed: 9 },
      );
    });

    test("broadcasts batches as tfjs's cpu backend does", async () => {
      const cases: [number[], number[]][] = [
        [[], []],
        [[3], [3]],
        [[3], [1]],
        [[1], [3]],
        [
          [2, 3],
          [2, 3],
        ],
        [
          [2, 3],
          [1, 3],
        ],
        [
          [2, 3],
          [2, 1],
        ],
        [
          [2, 1],
          [1, 3],
        ],
        [[3], [2, 3]],
        [
          [2, 1, 4],
          [3, 1],
        ],
        [[0], [0]],
      ];
      for (const [aOuter, bOuter] of cases) {
        for (const [m, k, n] of [
          [5, 7, 9],
          [64, 60, 70],
        ] as const) {
          for (const [transposeA, transposeB] of [
            [false, false],
            [true, false],
            [false, true],
            [true, true],
          ] as const) {
            const shape = shapes({ m, k, n, transposeA, transposeB });
            const aShape = [...aOuter, ...shape.a];
            const bShape = [...bOuter, ...shape.b];
            const a = numbers(tf.util.sizeFromShape(aShape), 5);
            const b = numbers(tf.util.sizeFromShape(bShape), 6);
            tf.tidy(() => {
              const out = tf.matMul(
                tf.tensor(a, aShape),
                tf.tensor(b, bShape),
                transposeA,
                transposeB,
              );
              const outer = tf.broadcast_util.assertAndGetBroadcastShape(aOuter, bOuter);
              expect(out.shape).toEqual([...outer, m, n]);
              const values = out.dataSync();
              for (let i = 0; i < tf.util.sizeFromShape(outer); i++) {
                const at = (inner: number[], size: number) =>
                  size * broadcastIndex(i, outer, inner);
                const error = worstError(
                  { m, k, n, transposeA, transposeB },
                  a.subarray(at(aOuter, m * k)),
                  b.subarray(at(bOuter, k * n)),
                  values.subarray(i * m * n),
                );
                expect(
                  error,
                  `[${aShape}] [${bShape}] ${transposeA} ${transposeB}`,
                ).toBeLessThanOrEqual(1);
              }
            });
          }
        }
      }
    });

    test("takes empty operands: no rows, no columns, nothing to sum", () => {
      tf.tidy(() => {
        expect(tf.matMul(tf.zeros([0, 3]), tf.ones([3, 4])).shape).toEqual([0, 4]);
        expect(tf.matMul(tf.ones([4, 3]), tf.zeros([3, 0])).shape).toEqual([4, 0]);
        const sumOfNothing = tf.matMul(tf.zeros([3, 0]), tf.zeros([0, 5]));
        expect(Array.from(sumOfNothing.dataSync())).toEqual(Array(15).fill(0));
      });
      const { bias, actual } = multiplied(
        host,
        { m: 2, k: 0, n: 9, transposeA: false, transposeB: false },
        { bias: true },
      );
      expect(Array.from(actual)).toEqual([...bias, ...bias]);
    });

    test("NaN and infinity come through", () => {
      tf.tidy(() => {
        const a = tf.tensor2d([1, Number.NaN, Number.POSITIVE_INFINITY, 0], [2, 2]);
        const b = tf.tensor2d([1, 2, 3, 4], [2, 2]);
        expect(Array.from(tf.matMul(a, b).dataSync())).toEqual([
          Number.NaN,
          Number.NaN,
          Number.POSITIVE_INFINITY,
          Number.POSITIVE_INFINITY,
        ]);
        const relu = tf.fused.matMul({ a, b, activation: "relu" });
        expect(relu.dataSync()[0]).toBe(Number.NaN);
      });
    });

    test("fused matMul has tfjs's activations and biases", () => {
      const a = numbers(5 * 7, 1);
      const b = numbers(7 * 9, 2);
      const bias = numbers(9, 3);
      const alpha = 0.1;
      const activations: Record<tf.fused.Activation, (x: number) => number> = {
        linear: (x) => x,
        relu: (x) => Math.max(x, 0),
        relu6: (x) => Math.min(Math.max(x, 0), 6),
        elu: (x) => (x < 0 ? Math.expm1(x) : x),
        sigmoid: (x) => 1 / (1 + Math.exp(-x)),
        leakyrelu: (x) => (x < 0 ? alpha * x : x),
        prelu: (x) => (x < 0 ? 0.25 * x : x),
      };
      tf.tidy(() => {
        const [x, y] = [tf.tensor2d(a, [5, 7]), tf.tensor2d(b, [7, 9])];
        const plain = tf.add(tf.matMul(x, y), tf.tensor1d(bias)).dataSync();
        for (const [activation, f] of Object.entries(activations)) {
          const out = tf.fused.matMul({
            a: x,
            b: y,
            bias: tf.tensor1d(bias),
            activation: activation as tf.fused.Activation,
            preluActivationWeights: activation === "prelu" ? tf.scalar(0.25) : undefined,
            leakyreluAlpha: alpha,
          });
          out.dataSync().forEach((value, i) => {
            expect(value, activation).toBeCloseTo(f(plain[i] as number), 5);
          });
        }
      });
    });

    test("sees a weight that was changed in place", () => {
      tf.tidy(() => {
        const x = tf.ones([2, 3]) as tf.Tensor2D;
        const weight = tf.ones([3, 4]) as tf.Tensor2D;
        expect(tf.fused.matMul({ a: x, b: weight, activation: "relu6" }).dataSync()[0]).toBe(3);
        host.view(weight).fill(2);
        expect(tf.fused.matMul({ a: x, b: weight, activation: "relu6" }).dataSync()[0]).toBe(6);
      });
    });

    test("refuses other types and shapes that do not fit", () => {
      tf.tidy(() => {
        const float = tf.ones([2, 3]);
        expect(() => tf.matMul(tf.ones([2, 3], "int32"), tf.ones([3, 2], "int32"))).toThrow(
          /int32/,
        );
        expect(() => tf.matMul(float, float)).toThrow(/inner/);
      });
    });

    test("unsortedSegmentSum adds rows in their order and leaves out other ids", () => {
      tf.tidy(() => {
        const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [5, 2]);
        const ids = tf.tensor1d([2, 0, 2, -1, 3], "int32");
        const sums = tf.unsortedSegmentSum(x, ids, 3);
        expect(sums.arraySync()).toEqual([
          [3, 4],
          [0, 0],
          [6, 8],
        ]);
        expect(
          tf.unsortedSegmentSum(tf.zeros([0, 2]), tf.tensor1d([], "int32"), 2).arraySync(),
        ).toEqual([
          [0, 0],
          [0, 0],
        ]);
      });
    });
  });
}

test.skipIf(!hasRelaxedSimd())(
  "one, two and three threads give the same bytes, wide and relaxed, too [needs Node 24 or newer]",
  async () => {
    const large: [number, number, number][] = [
      [512, 128, 128],
      [1218, 128, 341],
      [128, 1218, 97],
      [7, 2000, 21],
      [3, 700, 700],
    ];
    for (const build of ["fused", "plain"] as const) {
      const results: Buffer[][] = [];
      const runs = (
        build === "plain"
          ? (["plain"] as const)
          : (["relaxed", ...(hasWide ? (["wide"] as const) : [])] as const)
      ).flatMap((simd) => [1, 2, 3].map((threads) => ({ simd, threads })));
      for (const { simd, threads } of runs) {
        const host = await startWasm({ simd, threads, teamWork: 0, guard: false });
        results.push(
          large.flatMap(([m, k, n]) =>
            [0, 1, 2, 3].map((transposed) => {
              const product = {
                m,
                k,
                n,
                transposeA: transposed > 1,
                transposeB: transposed % 2 > 0,
              };
              const options = transposed % 3 > 0 ? { accumulate: true } : { bias: true };
              return Buffer.from(multiplied(host, product, options).actual.buffer);
            }),
          ),
        );
      }
      for (const other of results.slice(1)) {
        other.forEach((bytes, i) => {
          expect(bytes.equals(results[0]?.[i] as Buffer), `product ${i}`).toBe(true);
        });
      }
    }
  },
);

afterAll(stopWasm);

/** Which matrix of an operand with outer shape `inner` belongs to the `i`-th of a batch of `outer`. */
function broadcastIndex(i: number, outer: number[], inner: number[]): number {
  let index = 0;
  let scale = 1;
  let rest = i;
  for (let axis = outer.length - 1; axis >= 0; axis--) {
    const at = rest % (outer[axis] as number);
    rest = Math.floor(rest / (outer[axis] as number));
    const length = inner[axis - outer.length + inner.length] ?? 1;
    if (length !== 1) index += at * scale;
    scale *= length;
  }
  return index;
}
