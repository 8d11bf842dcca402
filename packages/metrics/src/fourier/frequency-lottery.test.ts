import { describe, expect, it } from "vitest";
import { matrixOf } from "../matrix/matrix";
import { frequencyLottery } from "./frequency-lottery";

/** Numbers between −1 and 1 that look random. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (1_103_515_245 * state + 12_345) % 2_147_483_648;
    return (2 * state) / 2_147_483_648 - 1;
  };
}

const waveOf = (n: number, k: number, amplitude: number, phase: number) =>
  Float64Array.from(
    { length: n },
    (_, x) => amplitude * Math.cos((2 * Math.PI * k * x) / n + phase),
  );

describe("frequencyLottery", () => {
  it("of three equal amplitudes in phase grows without bound at the time of y' = y²", () => {
    const n = 11;
    const wave = matrixOf(waveOf(n, 3, 0.1, 0), n, 1);
    const [winner] = frequencyLottery([wave, wave, wave]);
    // A cosine of amplitude A has the orthonormal coefficient A·√(n/2).
    const amplitude = 0.1 * Math.sqrt(n / 2);
    expect(winner?.frequency).toBe(3);
    expect((winner?.time ?? 0) * amplitude).toBeCloseTo(1, 3);
    expect(winner?.lead).toBeGreaterThan(1_000);
  });

  it("prefers phases that fit to a larger amplitude that does not", () => {
    const n = 13;
    const sum = (phase: number, strong: number) => {
      const [weak, loud] = [waveOf(n, 2, 1, phase), waveOf(n, 5, strong, phase)];
      return matrixOf(
        weak.map((value, x) => value + (loud[x] as number)),
        n,
        1,
      );
    };
    const against = waveOf(n, 2, 1, 0.4).map(
      (value, x) => value + 1.2 * Math.cos((2 * Math.PI * 5 * x) / n + 0.4 + Math.PI),
    );
    // φ_u + φ_v = φ_w for 2; for 5 it is half a turn off.
    const [fitting] = frequencyLottery([sum(0.2, 1.2), sum(0.2, 1.2), matrixOf(against, n, 1)]);
    expect(fitting?.frequency).toBe(2);
    expect(fitting?.lead).toBeGreaterThan(1);
  });

  it.each([1, -1] as const)(
    "gives the frequency that gradient ascent on the weights themselves comes to, c = a + %i·b",
    (sign) => {
      const n = 7;
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        const next = drawn(seed);
        const [u, v, w] = [0, 1, 2].map(() => Float64Array.from({ length: n }, next)) as [
          Float64Array,
          Float64Array,
          Float64Array,
        ];
        const [winner] = frequencyLottery(
          [matrixOf(u, n, 1), matrixOf(v, n, 1), matrixOf(w, n, 1)],
          sign,
        );
        expect(frequencyAfterAscent(u, v, w, sign)).toBe(winner?.frequency);
      }
    },
  );

  it("is refused for weights that do not belong together", () => {
    const [one, other] = [
      matrixOf(new Float64Array(10), 5, 2),
      matrixOf(new Float64Array(5), 5, 1),
    ];
    expect(() => frequencyLottery([one, one, other])).toThrow(
      "the weights of neurons differ: 2 and 1 neurons",
    );
    const flat = matrixOf(new Float64Array(2), 2, 1);
    expect(() => frequencyLottery([flat, flat, flat])).toThrow("at least three rows");
  });
});

/** The frequency with the most power after following ∇ Σ_ab w_c·u_a·v_b in small steps. */
function frequencyAfterAscent(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  sign: 1 | -1,
): number {
  const n = a.length;
  // The constant is not among the frequencies, and has a growth of its own.
  const centred = (values: Float64Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    return values.map((value) => value - mean);
  };
  let [u, v, w] = [centred(a), centred(b), centred(c)];
  for (let step = 0; step < 100_000; step++) {
    const size = Math.max(...u.map(Math.abs), ...v.map(Math.abs), ...w.map(Math.abs));
    if (size > 1_000) break;
    const dt = 0.002 / size;
    const [du, dv, dw] = [0, 1, 2].map(() => new Float64Array(n)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let x = 0; x < n; x++) {
      for (let y = 0; y < n; y++) {
        const z = (x + sign * y + n) % n;
        const [ux, vy, wz] = [u[x], v[y], w[z]] as [number, number, number];
        du[x] = (du[x] as number) + vy * wz;
        dv[y] = (dv[y] as number) + ux * wz;
        dw[z] = (dw[z] as number) + ux * vy;
      }
    }
    u = u.map((value, i) => value + dt * (du[i] as number));
    v = v.map((value, i) => value + dt * (dv[i] as number));
    w = w.map((value, i) => value + dt * (dw[i] as number));
  }
  const power = (k: number) => {
    let [re, im] = [0, 0];
    for (const [x, value] of w.entries()) {
      re += value * Math.cos((2 * Math.PI * k * x) / n);
      im += value * Math.sin((2 * Math.PI * k * x) / n);
    }
    return re ** 2 + im ** 2;
  };
  return [1, 2, 3].reduce((best, k) => (power(k) > power(best) ? k : best));
}
