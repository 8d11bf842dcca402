import { fingerprint, resolveExperiment, type ServedRun } from "@grok/train";
import { expect, it } from "vitest";
import { lineageOf } from "./lineage";

const experiment = resolveExperiment({ preset: "mlp" });
const other = resolveExperiment({ preset: "mlp", flags: { lr: 0.1 } });

async function runOf(name: string, origin?: string, from = experiment): Promise<ServedRun> {
  const forkedFrom = origin && { run: origin, step: 5, experiment: await fingerprint(from) };
  const config = { ...experiment, versions: {}, ...(forkedFrom ? { forkedFrom } : {}) };
  return {
    name,
    begun: 0,
    config: config as ServedRun["config"],
    summary: null,
    last: null,
    isInUse: false,
    problem: null,
  };
}

const treeOf = async (runs: ServedRun[]) =>
  (await lineageOf(runs)).map(({ run, depth, parent }) => [run.name, depth, parent]);

it("puts forks under their parents, of which the nearest of that name and experiment counts", async () => {
  const runs = await Promise.all([
    runOf("b", "a"),
    runOf("c", "b"),
    runOf("x/a"),
    runOf("a"),
    runOf("x/d", "a"),
  ]);
  expect(await treeOf(runs)).toEqual([
    ["x/a", 0, null],
    ["x/d", 1, "x/a"],
    ["a", 0, null],
    ["b", 1, "a"],
    ["c", 2, "b"],
  ]);
});

it("lets one whose parent is gone, replaced or itself a fork of it stand alone", async () => {
  const [unreadable, ...others] = await Promise.all([
    runOf("e"),
    runOf("a", "gone"),
    runOf("b", "a", other),
    runOf("c", "d"),
    runOf("d", "c"),
  ]);
  const tree = await treeOf([...others, { ...unreadable, config: null }]);
  expect(new Set(tree.map(([name]) => name))).toEqual(new Set(["a", "b", "c", "d", "e"]));
  expect(tree.filter(([, depth]) => depth === 0).length).toBeGreaterThanOrEqual(4);
});
