import { readFile, writeFile } from "node:fs/promises";
import { type FaultKind, type FaultReport, faultKinds, withFaults } from "../faults";
import { tinyRun } from "../tiny-runs";

const workers = 4;
const lockMs = 4000;
/** From the package's folder. */
const file = "../../results/queue-faults.json";

/** What the file says. */
interface Campaign {
  rounds: number;
  minutes: number;
  total: FaultReport;
}

/**
 * Makes many faults, of the four kinds by turns, while workers do tiny runs through a Redis, and adds
 * what came of it to results/queue-faults.json, so that a campaign can be done in parts.
 *
 * @returns 1 where a run did not end exactly once with the bytes of a single process, else 0
 */
export async function faultCampaign(wanted = 120, runsPerRound = 10): Promise<number> {
  const text = await readFile(file, "utf8").catch(() => null);
  const before = text === null ? null : (JSON.parse(text) as Campaign);
  const first = before?.rounds ?? 0;
  const random = mulberry32(first);
  const began = Date.now();
  const reports: FaultReport[] = [];
  while (reports.reduce((all, report) => all + made(report), 0) < wanted) {
    const left = wanted - reports.reduce((all, report) => all + made(report), 0);
    const faults = Array.from(
      { length: left },
      (_, index) => faultKinds[index % faultKinds.length] as FaultKind,
    );
    const seed = 1000 * (first + reports.length);
    const runs = Array.from({ length: runsPerRound }, (_, index) =>
      tinyRun(seed + index, { steps: 1500, "eval-every": 50, "checkpoint-every": 50 }),
    );
    reports.push(
      await withFaults({ runs, faults, workers, lockMs, everyMs: 500, everySteps: 350, random }),
    );
    console.log(JSON.stringify(reports.at(-1)));
  }
  const now = reports.reduce(sum);
  const total = before === null ? now : sum(now, before.total);
  const minutes = (before?.minutes ?? 0) + (Date.now() - began) / 60_000;
  const result = {
    command: `node packages/sweep/test/campaign/main.mjs faults ${wanted} ${runsPerRound}`,
    workers,
    lockMs,
    rounds: first + reports.length,
    minutes: Math.round(10 * minutes) / 10,
    totalFaults: made(total),
    total,
  };
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  return now.endedOnce === now.runs && now.sameBytes === now.runs ? 0 : 1;
}

/** Adds up reports, number by number. */
function sum<T extends object>(a: T, b: T): T {
  const entries = Object.entries(a).map(([key, value]) => {
    const other = b[key as keyof T] as never;
    return [key, typeof value === "number" ? value + other : sum(value, other)];
  });
  return Object.fromEntries(entries);
}

function made({ faults }: FaultReport): number {
  return Object.values(faults).reduce((all, each) => all + each);
}

/** Numbers in [0, 1), the same in each campaign; when a fault meets which run is up to the clock. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
