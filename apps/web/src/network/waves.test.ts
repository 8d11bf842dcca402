import { randomStream } from "@grok/data";
import { cyclicGroup, fourierPlane, fourierSpectrum, matrixOf, selectRows } from "@grok/metrics";
import { expect, test } from "vitest";
import { wavesView } from "./waves";

const p = 31;

/** Circles of some frequencies and radii, in the order of a group's exponents. */
function circles(elements: Int32Array, waves: readonly (readonly [number, number])[]) {
  const n = elements.length;
  const values = new Float64Array((Math.max(...elements) + 1) * 2 * waves.length);
  for (const [x, element] of elements.entries()) {
    for (const [i, [frequency, radius]] of waves.entries()) {
      const angle = (2 * Math.PI * frequency * x) / n;
      values[2 * (element * waves.length + i)] = radius * Math.cos(angle);
      values[2 * (element * waves.length + i) + 1] = radius * Math.sin(angle);
    }
  }
  return matrixOf(values, Math.max(...elements) + 1, 2 * waves.length);
}

test.each(["+", "*"])("finds the circles that an embedding for %s is made of", (operation) => {
  const group = cyclicGroup(operation, p);
  if (group === null) throw new Error("no group");
  const waves = wavesView(
    [
      circles(group.elements, [
        [4, 3],
        [9, 1],
      ]),
    ],
    group,
    null,
  );
  expect(waves.keys).toEqual([4, 9].slice(0, waves.keys.length));
  const total = waves.embedding.subarray(1).reduce((sum, part) => sum + part, 0);
  expect((waves.embedding[4] as number) / total).toBeCloseTo(0.9, 6);
  expect((waves.embedding[9] as number) / total).toBeCloseTo(0.1, 6);
  for (const [frequency, radius] of [
    [4, 3],
    [9, 1],
  ] as const) {
    const circle = waves.circles.find((each) => each.frequency === frequency);
    expect(circle?.roundness).toBeCloseTo(1, 6);
    for (let x = 0; x < group.order; x++) {
      const [u = 0, v = 0] = circle?.points.subarray(2 * x, 2 * x + 2) ?? [];
      expect(Math.hypot(u, v) * (circle?.unit ?? 0)).toBeCloseTo(radius, 1);
    }
  }
});

test("agrees with fourierSpectrum and fourierPlane, the powers of both operands added up", () => {
  const random = randomStream(2, "waves");
  const [a, b] = [0, 1].map(() => matrixOf(random.normalArray(p * 6), p, 6));
  const group = cyclicGroup("/", p);
  if (group === null || a === undefined || b === undefined) throw new Error("no group");
  const power = Float64Array.from({ length: 16 }, (_, k) => (k === 5 ? 10 : 0.01));
  const waves = wavesView([a, b], group, power);
  const parts = [a, b].map((each) => fourierSpectrum(selectRows(each, group.elements)).power);
  for (let k = 0; k <= 15; k++) {
    expect(waves.embedding[k]).toBeCloseTo((parts[0]?.[k] ?? 0) + (parts[1]?.[k] ?? 0), 3);
  }
  expect(waves.keys).toEqual([5]);
  expect(waves.logits).toEqual(Float32Array.from(power));
  // 30 exponents: frequency 15 has no sine, so it spans no plane.
  expect(waves.circles.map(({ frequency }) => frequency)).toEqual(
    [...Array(14).keys()].map((k) => k + 1),
  );
  const { roundness } = fourierPlane(selectRows(a, group.elements), 3);
  expect(waves.circles[2]?.roundness).toBe(roundness);
});

test("circles stay turned as they were", () => {
  const group = cyclicGroup("+", p);
  if (group === null) throw new Error("no group");
  const random = randomStream(3, "waves");
  const first = circles(group.elements, [[4, 3]]);
  const noise = random.normalArray(first.values.length);
  const next = { ...first, values: first.values.map((x, i) => x + 0.02 * (noise[i] as number)) };
  const before = wavesView([first], group, null);
  const after = wavesView([next], group, null, before);
  const [one, other] = [before, after].map(({ circles: all }) =>
    all.find(({ frequency }) => frequency === 4),
  );
  const moved = other?.points.map((x, i) => Math.abs(x - (one?.points[i] ?? 0)));
  expect(Math.max(...(moved ?? [127]))).toBeLessThan(8);
});
