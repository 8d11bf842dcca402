import { expect, test } from "vitest";
import { projectionTask } from "./projection-task";

test("targets are the polynomial of the projection on a unit direction", () => {
  const task = projectionTask({ features: 7, samples: 40, coefficients: [1, 0, 2] });
  const { features, targets, size } = task.dataset();
  const { directions } = task;
  expect(directions.reduce((sum, w) => sum + w * w, 0)).toBeCloseTo(1, 12);
  for (let i = 0; i < size; i++) {
    const x = features.subarray(7 * i, 7 * (i + 1));
    const dot = x.reduce((sum, value, f) => sum + value * (directions[f] as number), 0);
    expect(targets[i]).toBeCloseTo(1 + 2 * dot ** 2, 5);
  }
  expect([task.values, task.classes, task.chance, task.answerPositions]).toEqual([1, 0, null, [0]]);
});

test("the seed alone decides examples; more of them begin with the same ones", () => {
  const few = projectionTask({ samples: 5 }).dataset();
  const more = projectionTask({ samples: 9 }).dataset();
  expect(more.targets.slice(0, 5)).toEqual(few.targets);
  expect(projectionTask({ samples: 5, seed: 1 }).dataset().targets).not.toEqual(few.targets);
});

test("the mean of ½(w·x)² of standard normal x is ½, and noise adds its variance", () => {
  const moments = (std: number) => {
    const { targets, size } = projectionTask({ features: 3, samples: 20_000, std }).dataset();
    const mean = targets.reduce((sum, y) => sum + y, 0) / size;
    return [mean, targets.reduce((sum, y) => sum + (y - mean) ** 2, 0) / size] as const;
  };
  const [mean, variance] = moments(0);
  expect(mean).toBeCloseTo(0.5, 1);
  expect(Math.abs(moments(2)[1] - variance - 4)).toBeLessThan(0.3);
});

test("what is out of bounds is refused", () => {
  expect(() => projectionTask({ coefficients: [1, 0, 0] })).toThrow(/one behind the first not 0/);
  expect(() => projectionTask({ std: -1 })).toThrow(/must be at least 0/);
  expect(() => projectionTask({ features: 4096, samples: 1_000_000 })).toThrow(/a gibibyte/);
});
