import { expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import type { RunConfig } from "../run/config";
import { fingerprint } from "../run/fingerprint";
import { type Lineal, lineageOf } from "./lineage";

const experiment = resolveExperiment({ preset: "mlp" });
const other = resolveExperiment({ preset: "mlp", flags: { lr: 0.1 } });

async function runOf(
  id: string,
  origin?: string,
  {
    from = experiment,
    self = experiment,
    parent,
  }: Partial<Record<"from" | "self", typeof experiment>> & { parent?: string } = {},
): Promise<Lineal> {
  const forkedFrom = origin && { run: origin, step: 5, experiment: await fingerprint(from) };
  const config = { ...self, versions: {}, ...(forkedFrom ? { forkedFrom } : {}) };
  return { id, name: id, config: config as unknown as RunConfig, parent: parent ?? null };
}

const treeOf = async (runs: Lineal[]) =>
  (await lineageOf(runs)).map(({ run, depth, parent }) => [run.id, depth, parent]);

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

it("finds a parent that has another name now, by its experiment or by what was noted", async () => {
  const runs = await Promise.all([
    runOf("renamed"),
    runOf("fork", "trunk", { self: other }),
    runOf("other", undefined, { self: other }),
    runOf("noted", "trunk", { self: other, parent: "other" }),
  ]);
  expect(await treeOf(runs)).toEqual([
    ["renamed", 0, null],
    ["fork", 1, "renamed"],
    ["other", 0, null],
    ["noted", 1, "other"],
  ]);
});

it("lets one whose parent is gone, replaced or itself a fork of it stand alone", async () => {
  const [unreadable, ...others] = await Promise.all([
    runOf("e"),
    runOf("a", "gone", { from: other }),
    runOf("b", "a", { from: other }),
    runOf("c", "d"),
    runOf("d", "c"),
  ]);
  const tree = await treeOf([...others, { ...(unreadable as Lineal), config: null }]);
  expect(new Set(tree.map(([id]) => id))).toEqual(new Set(["a", "b", "c", "d", "e"]));
  const depths = Object.fromEntries(tree.map(([id, depth]) => [id, depth]));
  expect(depths).toMatchObject({ a: 0, b: 0, e: 0 });
});
