import { expect, it } from "vitest";
import type { SweepSpec } from "../spec/spec";
import { type RunState, waitingRun } from "../state/sweep-state";
import { adaptivePlan } from "./adaptive-plan";
import { belief, maxUncertain, spaceOf } from "./boundary";

const spec: SweepSpec = {
  preset: "mlp",
  flags: { p: 11, steps: 1_000 },
  grid: {
    "weight-decay": { from: 0.01, to: 10, count: 13, scale: "log" },
    "train-fraction": { from: 0.2, to: 0.8, count: 9 },
  },
  seeds: "0..2",
};

/** What a run would come to: it groks where decay times data is enough. */
function outcome(state: RunState): RunState {
  const { "weight-decay": decay, "train-fraction": fraction } = state.settings as Record<
    string,
    number
  >;
  const grokked = (decay ?? 0) * (fraction ?? 0) > 0.3;
  return {
    ...state,
    state: grokked ? "grokked" : "finished",
    step: 1_000,
    t_grok: grokked ? 500 : null,
  };
}

/** Follows a plan to its end. */
function follow(budget: number): RunState[] {
  const plan = adaptivePlan(spec, { budget });
  const made: RunState[] = [];
  for (;;) {
    const round = plan.next(made);
    if (round.length === 0) return made;
    expect(round.length).toBeLessThanOrEqual(4);
    made.push(...round.map((run) => outcome(waitingRun(run, plan.axes))));
  }
}

it("keeps to its budget, makes no run twice, and makes the same choices again", () => {
  const made = follow(30);
  expect(made.length).toBeLessThanOrEqual(30);
  expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
  expect(follow(30)).toEqual(made);
  // Begun again after a crash, from any number of runs that are done.
  const plan = adaptivePlan(spec, { budget: 30 });
  const next = plan.next(made.slice(0, 8)).map(({ name }) => name);
  expect(next).toEqual(made.slice(8, 12).map(({ name }) => name));
});

it("puts most of its runs near the boundary", () => {
  const made = follow(48).slice(16);
  const near = made.filter(({ settings }) => {
    const product = (settings["weight-decay"] as number) * (settings["train-fraction"] as number);
    return Math.abs(Math.log(product / 0.3)) < Math.log(4);
  });
  expect(near.length / made.length).toBeGreaterThan(0.6); // of points chosen evenly, 0.4
});

it("ends before its budget where nothing is uncertain any more", () => {
  const small: SweepSpec = { ...spec, grid: { "weight-decay": [0.01, 10] }, seeds: "0..9" };
  const plan = adaptivePlan(small, { budget: 20 });
  const made: RunState[] = [];
  for (let round = plan.next(made); round.length > 0; round = plan.next(made)) {
    made.push(
      ...round.map((run) =>
        outcome({
          ...waitingRun(run, plan.axes),
          settings: { ...waitingRun(run, plan.axes).settings, "train-fraction": 0.5 },
        }),
      ),
    );
  }
  expect(made.length).toBeLessThan(20);
});

it("needs something that varies, and not too much of it", () => {
  expect(() => adaptivePlan({ seeds: "0..4" }, { budget: 5 })).toThrow(
    /needs points to choose from/,
  );
  const many = {
    grid: { lr: { from: 0.001, to: 1, count: 2_001 } },
    seeds: "0..0",
  } satisfies SweepSpec;
  expect(() => adaptivePlan(many, { budget: 5 })).toThrow(
    "has at most 2000 points to choose from, not 2001",
  );
});

it("believes what Gaussian regression in closed form does", () => {
  const space = spaceOf(
    [0, 1, 2, 3, 4].map((x) => ({ x })),
    ["x"],
  );
  const { mean, std } = belief(space, [
    { point: 0, grokked: true },
    { point: 4, grokked: false },
  ]);
  // Two observations: m = k (K + σ²)⁻¹ y, at some length scale of the list.
  const fits = [0.1, 0.15, 0.22, 0.33, 0.5].some((scale) => {
    const k = (a: number, b: number) => Math.exp(-((a - b) ** 2) / 32 / scale ** 2);
    const [own, cross] = [1.25, k(0, 4)];
    const determinant = own ** 2 - cross ** 2;
    const weights = [(own + cross) / determinant, -(own + cross) / determinant] as const;
    return [0, 1, 2, 3, 4].every((x) => {
      const expected = k(x, 0) * weights[0] + k(x, 4) * weights[1];
      const [a, b] = [k(x, 0), k(x, 4)];
      const variance = 1 - (a * (own * a - cross * b) + b * (own * b - cross * a)) / determinant;
      return (
        Math.abs((mean[x] as number) - expected) < 1e-12 &&
        Math.abs((std[x] as number) ** 2 - variance) < 1e-12
      );
    });
  });
  expect(fits).toBe(true);
});

it("takes words as different and nothing more, and looks where it has not been", () => {
  const points = ["adamw", "sgd", "lion"].map((optimizer) => ({ optimizer }));
  const space = spaceOf(points, ["optimizer"]);
  expect(maxUncertain(space, [], [1, 1, 1], 3).sort((a, b) => a - b)).toEqual([0, 1, 2]);
  const seen = [0, 0, 0, 0, 0, 0].map((point) => ({ point, grokked: true }));
  expect(maxUncertain(space, seen, [5, 5, 5], 2).sort((a, b) => a - b)).toEqual([1, 2]);
  expect(maxUncertain(space, [], [0, 0, 0], 2)).toEqual([]);
});
