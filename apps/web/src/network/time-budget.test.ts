import { expect, test } from "vitest";
import { TimeBudget } from "./time-budget";

/** Asks every this many milliseconds, and spends when it is due; gives how often it was and its cost. */
function run(
  budget: TimeBudget,
  { every, cost, times }: { every: number; cost: number; times: number },
) {
  let now = 0;
  let done = 0;
  for (let i = 0; i < times; i++) {
    now += every;
    if (!budget.isDue(now)) continue;
    done++;
    budget.spend(cost);
    now += cost;
  }
  return { done, share: (done * cost) / now };
}

test("stays within its share, and comes near to it", () => {
  for (const cost of [1, 40, 700]) {
    const { done, share } = run(new TimeBudget(0.05), { every: 100, cost, times: 20_000 });
    expect(share).toBeLessThan(0.05 + 1e-3);
    // Where it costs next to nothing it is due every time.
    if (cost === 1) expect(done).toBe(20_000);
    else expect(share).toBeGreaterThan(0.045);
  }
});

test("what may be spent at the beginning is spent once, in a tenth of the time", () => {
  const first = run(new TimeBudget(0, 1000), { every: 10, cost: 20, times: 200 });
  expect(first.share).toBeGreaterThan(0.09);
  expect(first.share).toBeLessThan(0.11);
  const { done } = run(new TimeBudget(0, 1000), { every: 10, cost: 20, times: 5000 });
  // The first look is made without asking what it costs.
  expect(done).toBe(50);
});

test("one turn that took far too long does not keep others away for good", () => {
  const budget = new TimeBudget(0.1);
  budget.isDue(0);
  budget.spend(100);
  expect(budget.isDue(1000)).toBe(false);
  expect(budget.isDue(2000)).toBe(true);
  budget.spend(5000);
  // What it took is paid back, and then the next is as dear as those before.
  expect(budget.isDue(50_000)).toBe(false);
  expect(budget.isDue(52_100)).toBe(true);
});

test("a pause earns no more than two turns", () => {
  const budget = new TimeBudget(0.1);
  expect(budget.isDue(0)).toBe(true);
  budget.spend(100);
  expect(budget.isDue(10)).toBe(false);
  const due = [3_600_000, 3_600_001, 3_600_002].map((now) => {
    const isDue = budget.isDue(now);
    if (isDue) budget.spend(100);
    return isDue;
  });
  expect(due).toEqual([true, true, false]);
});
