import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasRelaxedSimd } from "./features";
import type { WasmHost } from "./host";
import { startWasm, stopWasm } from "./start";
import { loadWide } from "./wide";

const hasWide = (await loadWide(true)).module !== undefined;

const functions: [name: string, f: (x: number) => number, allowed: number][] = [
  ["exp", Math.exp, 2e-7],
  ["tanh", Math.tanh, 3e-7],
  ["sigmoid", (x) => 1 / (1 + Math.exp(-x)), 3e-7],
];

for (const simd of ["wide", "relaxed", "plain"] as const) {
  const skipped = !{ plain: true, relaxed: hasRelaxedSimd(), wide: hasWide }[simd];
  describe.skipIf(skipped)(
    `${simd} SIMD [relaxed needs Node 24, wide its V8's revectorizer]`,
    () => {
      let host: WasmHost;

      beforeAll(async () => {
        host = await startWasm({ simd, threads: 1, guard: true });
      });

      function mapped(f: number, values: readonly number[]): Float32Array {
        const x = tf.tensor1d(Float32Array.from(values));
        const y = host.output(x.shape, "float32");
        host.exports.mapFloats(f, host.pointer(x), host.pointer(y), values.length);
        const result = Float32Array.from(host.view(y));
        host.backend.disposeData(y.dataId);
        x.dispose();
        return result;
      }

      const sweep = Array.from({ length: 200_001 }, (_, i) => Math.fround((i - 100_000) / 1145));

      test.each(functions)("%s has float32's accuracy from -87 to 87", (name, f, allowed) => {
        const index = functions.findIndex(([each]) => each === name);
        let worst = 0;
        mapped(index, sweep).forEach((value, i) => {
          const exact = f(sweep[i] as number);
          const error = Math.abs(value - exact) / Math.abs(exact);
          // tanh 0 is 0; what float32 cannot hold normally has no relative accuracy.
          if (Math.abs(exact) < 2 ** -126) return;
          if (!(error <= worst)) worst = error;
        });
        console.log(`${simd} ${name}: ${worst.toExponential(2)}`);
        expect(worst).toBeLessThanOrEqual(allowed);
      });

      test("exp for x ≤ 0 has float32's accuracy down to -87, and stays above 0 below", () => {
        const below = sweep.filter((x) => x <= 0 && x >= -87);
        let worst = 0;
        mapped(3, below).forEach((value, i) => {
          const exact = Math.exp(below[i] as number);
          worst = Math.max(worst, Math.abs(value - exact) / exact);
        });
        console.log(`${simd} exp for x ≤ 0: ${worst.toExponential(2)}`);
        expect(worst).toBeLessThanOrEqual(4e-7);
        const [zero, ...far] = mapped(3, [0, -88, -1e30, Number.NEGATIVE_INFINITY]);
        expect(zero).toBe(1);
        for (const value of far) expect(value / Math.exp(-87)).toBeCloseTo(1, 5);
      });

      test("the ends of the range", () => {
        const { POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN: nan } = Number;
        const ends = [
          0,
          -0,
          88.72,
          89,
          1e30,
          POSITIVE_INFINITY,
          -100,
          -104,
          -1e30,
          NEGATIVE_INFINITY,
          nan,
        ];
        const exp = mapped(0, ends);
        expect(exp[0]).toBe(1);
        expect(exp[1]).toBe(1);
        expect((exp[2] as number) / Math.exp(Math.fround(88.72))).toBeCloseTo(1, 6);
        expect(Array.from(exp.subarray(3, 6))).toEqual(Array(3).fill(POSITIVE_INFINITY));
        // Denormal: a few bits are left.
        expect(Math.abs((exp[6] as number) - Math.exp(-100))).toBeLessThan(2 ** -148);
        expect(Array.from(exp.subarray(7))).toEqual([0, 0, 0, nan]);
        const tanh = mapped(1, ends);
        expect(Array.from(tanh.subarray(2))).toEqual([1, 1, 1, 1, -1, -1, -1, -1, nan]);
        expect(Math.abs(tanh[0] as number) + Math.abs(tanh[1] as number)).toBe(0);
        const sigmoid = mapped(2, ends);
        expect(sigmoid[0]).toBe(0.5);
        expect(Array.from(sigmoid.subarray(3))).toEqual([1, 1, 1, expect.closeTo(0), 0, 0, 0, nan]);
      });

      test("any number of floats, none of them touched after the last", () => {
        for (let count = 1; count <= 9; count++) {
          const values = Array.from({ length: count }, (_, i) => i - 4);
          const exact = values.map(Math.exp);
          mapped(0, values).forEach((value, i) => {
            expect(value / (exact[i] as number)).toBeCloseTo(1, 6);
          });
        }
      });
    },
  );
}

afterAll(stopWasm);
