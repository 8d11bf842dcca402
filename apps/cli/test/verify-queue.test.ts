import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasRedis } from "@grok/redis";
import { queueCampaign, queueFaults } from "@grok/verify";
import { expect, it } from "vitest";
import { command } from "./command";

// A slice of what `grok verify-queue` does, without the faults after which a process starts again;
// all of it is in results/verify-queue.json.
const kinds = [
  "worker stopped beyond its lock",
  "connection cut",
  "clock wrong by up to an hour",
  "job forgotten",
  "Redis flushed",
  "Redis restarted empty",
  "Redis hangs",
  "Redis full",
  "Redis read-only",
];

const needs = hasRedis ? "" : " (needs Debian's redis-server)";
it.runIf(hasRedis)(
  `loses nothing and changes nothing under faults of a queue${needs}`,
  async () => {
    expect(Object.keys(queueFaults)).toEqual(expect.arrayContaining(kinds));
    const root = await realpath(await mkdtemp(join(tmpdir(), "grok-verify-test-")));
    const { signal } = new AbortController();
    const options = { self: command, root, otherNode: null, maxWorkers: 2, signal };
    const report = await queueCampaign({ faults: 1, seed: 7, runs: 3, kinds }, options, () => {});
    expect(report).toMatchObject({ runs: 3, rounds: 1, wrong: [] });
    expect(Object.values(report.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    await rm(root, { recursive: true, force: true });
  },
  600_000,
);

it("has a recorded campaign without anything wrong, whose table is in the document", async () => {
  const root = join(import.meta.dirname, "../../..");
  const recorded = JSON.parse(await readFile(join(root, "results/verify-queue.json"), "utf8"));
  expect(Object.keys(recorded.faults)).toEqual(Object.keys(queueFaults));
  expect(recorded.campaigns.flatMap(({ wrong }: { wrong: string[] }) => wrong)).toEqual([]);
  const page = await readFile(join(root, "docs/reliability.md"), "utf8");
  const [, block = ""] =
    /<!-- verify-queue: begin -->(.*)<!-- verify-queue: end -->/s.exec(page) ?? [];
  expect(block).toContain(`${recorded.total.toLocaleString("en-US")} faults`);
  for (const [fault, times] of Object.entries<number>(recorded.faults)) {
    expect(block).toContain(`| ${fault} | ${times} |`);
  }
});
