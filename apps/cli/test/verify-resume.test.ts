import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type FaultResult,
  faults,
  forksOf,
  killAtBoundaries,
  killAtRandom,
  type Reference,
  runReference,
  type SeriesOptions,
  tryFaults,
} from "@grok/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trainFlags } from "../src/verify/flags";
import { Tally } from "../src/verify/tally";
import { command } from "./command";

// A slice of what `grok verify-resume --faults` does; all of it, over several experiments, is in
// results/verify-resume.json.
let options: SeriesOptions;
let reference: Reference;
beforeAll(async () => {
  options = {
    self: command,
    flags: await trainFlags({ backend: "cpu", "d-model": "8" }),
    root: await realpath(await mkdtemp(join(tmpdir(), "grok-verify-test-"))),
    signal: new AbortController().signal,
  };
  const run = await runReference(options);
  expect(run.differences).toEqual([]);
  reference = run.reference;
}, 120_000);
afterAll(() => rm(options.root, { recursive: true, force: true }));

const plan = { kills: 2, killSeed: 1, boundaries: 13, jobs: 2 };

it("comes out the same after SIGKILLs at random instants and before operations on files", async () => {
  const tally = new Tally();
  await killAtRandom(options, reference, plan, tally.add.bind(tally, "random instants"));
  await killAtBoundaries(options, reference, plan, tally.add.bind(tally, "write boundaries"));
  expect(tally.differences).toEqual([]);
  expect(tally.total).toBeGreaterThanOrEqual(10);
}, 300_000);

it("forks come out the same after SIGKILLs, also while they are made", async () => {
  const flags = await trainFlags({
    backend: "cpu",
    "d-model": "8",
    "keep-checkpoints": "all",
    change: "7: lr=0.01 scale=tokenEmbedding:2",
  });
  const forks = await forksOf({ ...options, flags }, 7);
  const { reference: whole, differences } = await runReference(forks);
  expect(differences).toEqual([]);
  const tally = new Tally();
  await killAtRandom(forks, whole, { ...plan, kills: 1 }, tally.add.bind(tally, "random instants"));
  await killAtBoundaries(forks, whole, plan, tally.add.bind(tally, "write boundaries"));
  expect(tally.differences).toEqual([]);
  expect(tally.total).toBeGreaterThanOrEqual(4);
}, 300_000);

describe("faults", () => {
  const chosen = [
    "write error: a line of the metrics, half written",
    "disk full: 28 KiB left",
    "newest checkpoint: a bit of a weight flipped",
    "metrics: last line torn",
    "two processes on one folder",
    "a second process, in another PID namespace",
    "metrics: replaced by a copy while the run trains",
  ];

  it.for(chosen)("%s", { timeout: 120_000 }, async (name, { skip }) => {
    const results: FaultResult[] = [];
    const one = faults.filter(({ fault }) => fault === name);
    await tryFaults(options, reference, (result) => results.push(result), one);
    expect(results).toHaveLength(1);
    const [{ skipped, said, differences } = { said: "", differences: [] }] =
      results as FaultResult[];
    skip(skipped !== undefined, skipped);
    expect(differences).toEqual([]);
    expect(said).not.toBe("");
  });
});

it("has a recorded campaign of forks without a difference, which the document tells", async () => {
  const root = join(import.meta.dirname, "../../..");
  const recorded = JSON.parse(await readFile(join(root, "results/verify-fork.json"), "utf8"));
  const forks: { preset: string; at: number; total: number; differences: string[] }[] =
    recorded.forks;
  expect(forks).toHaveLength(20);
  expect([...new Set(forks.map(({ preset }) => preset))]).toEqual(recorded.presets);
  expect(recorded.presets).toHaveLength(4);
  expect(forks.flatMap(({ differences }) => differences)).toEqual([]);
  for (const { at, total } of forks) {
    expect(at).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(0);
  }
  expect(recorded.total).toBe(forks.reduce((sum, { total }) => sum + total, 0));
  const page = await readFile(join(root, "docs/reliability.md"), "utf8");
  const [, block = ""] =
    /<!-- verify-fork: begin -->(.*)<!-- verify-fork: end -->/s.exec(page) ?? [];
  expect(block).toContain("20 forks of 4 presets");
  expect(block).toContain(`${recorded.total} kills: 0 differences`);
});
