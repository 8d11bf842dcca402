import { expect, test } from "vitest";
import type { ServedEntry } from "../worker/protocol";
import { sweepsOf } from "./sweeps";

function entry(name: string, values: Record<string, string>, tGrok: number | null): ServedEntry {
  return {
    id: `served:${name}`,
    name,
    begun: 0,
    parent: null,
    branch: null,
    run: { values } as unknown as ServedEntry["run"],
    summary: tGrok === null ? null : ({ t_grok: tGrok } as ServedEntry["summary"]),
    last: { val_acc: tGrok === null ? 0.1 : 1 } as ServedEntry["last"],
    isInUse: tGrok === null,
    problem: null,
  };
}

const settings = (decay: string, lr: string, seed: string) => ({
  "weight-decay": decay,
  lr,
  seed,
  p: "97",
});

test("a sweep's folder is a diagram of its two settings, seeds in one place", () => {
  const [sweep, ...others] = sweepsOf([
    entry("s/runs/a", settings("1", "0.001", "0"), 300),
    entry("s/runs/b", settings("1", "0.001", "1"), 100),
    entry("s/runs/c", settings("1", "0.001", "2"), 200),
    entry("s/runs/d", settings("10", "0.001", "0"), null),
    entry("s/runs/e", settings("2", "0.01", "0"), 50),
    entry("alone", settings("3", "0.1", "0"), 50),
  ]);
  expect(others).toEqual([]);
  expect(sweep).toMatchObject({
    name: "s",
    runs: 5,
    rows: { name: "weight-decay", values: ["1", "2", "10"] },
    columns: { name: "lr", values: ["0.001", "0.01"] },
    others: [],
  });
  const none = { runs: 0, grokked: 0, training: 0, medianTGrok: null, bestVal: null };
  expect(sweep?.cells).toEqual([
    [{ runs: 3, grokked: 3, training: 0, medianTGrok: 200, bestVal: 1 }, none],
    [none, { runs: 1, grokked: 1, training: 0, medianTGrok: 50, bestVal: 1 }],
    [{ runs: 1, grokked: 0, training: 1, medianTGrok: null, bestVal: 0.1 }, none],
  ]);
});

test("rows and columns stay what they are while the sweep grows", () => {
  const first = [
    entry("s/runs/a", settings("1", "0.001", "0"), 300),
    entry("s/runs/b", settings("2", "0.01", "0"), 300),
  ];
  const later = entry("s/runs/c", settings("1", "0.1", "0"), null);
  for (const runs of [first, [later, ...first]]) {
    expect(sweepsOf(runs)).toMatchObject([
      { rows: { name: "weight-decay", values: ["1", "2"] }, columns: { name: "lr" } },
    ]);
  }
});

test("seeds alone are no diagram; one setting is a column", () => {
  expect(
    sweepsOf([entry("s/runs/a", { seed: "0" }, 1), entry("s/runs/b", { seed: "1" }, 2)]),
  ).toEqual([]);
  const [sweep] = sweepsOf([
    entry("x/s/runs/a", { seed: "0", op: "+" }, 1),
    entry("x/s/runs/b", { seed: "0", op: "*" }, 2),
  ]);
  expect(sweep).toMatchObject({ name: "x/s", columns: null, rows: { values: ["*", "+"] } });
  expect(sweep?.cells).toHaveLength(2);
});
