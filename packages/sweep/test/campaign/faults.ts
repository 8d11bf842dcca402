// Many faults, of the four kinds by turns, while workers do tiny runs through a Redis; what came of
// it is added to results/queue-faults.json, so that a campaign can be done in parts. Ends with status
// 1 where a run did not end exactly once with the bytes of a single process.
//
//   node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs \
//     packages/sweep/test/campaign/faults.ts [FAULTS] [RUNS]
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type FaultKind, type FaultReport, faultKinds, withFaults } from "../faults";
import { tinyRun } from "../tiny-runs";

const [wanted = 120, runsPerRound = 12] = process.argv.slice(2).map(Number);
const command = `node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs packages/sweep/test/campaign/faults.ts ${wanted} ${runsPerRound}`;
const workers = 4;
const lockMs = 2000;

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

const file = fileURLToPath(new URL("../../../../results/queue-faults.json", import.meta.url));
const before = await readFile(file, "utf8").then(JSON.parse, () => ({ rounds: 0, minutes: 0 }));
const rounds: FaultReport[] = [];
const random = mulberry32(before.rounds);
let next = 0;
const turns = (function* () {
  for (; next < wanted; next++) yield faultKinds[next % faultKinds.length] as FaultKind;
})();
const began = Date.now();
while (next < wanted) {
  const round = before.rounds + rounds.length;
  const runs = Array.from({ length: runsPerRound }, (_, index) =>
    tinyRun(1000 * round + index, { steps: 1500, "eval-every": 50, "checkpoint-every": 50 }),
  );
  const faults = { [Symbol.iterator]: () => ({ next: () => turns.next() }) };
  rounds.push(await withFaults({ runs, faults, workers, lockMs, everyMs: 1200, random }));
  console.log(JSON.stringify(rounds.at(-1)));
}

/** Adds up reports, number by number. */
function sum<T extends object>(a: T, b: T): T {
  const entries = Object.entries(a).map(([key, value]) => {
    const other = b[key as keyof T] as never;
    return [key, typeof value === "number" ? value + other : sum(value, other)];
  });
  return Object.fromEntries(entries);
}
const total = rounds.reduce(sum);
const made = (report: FaultReport) =>
  Object.values(report.faults).reduce((all, each) => all + each);
const all = before.rounds === 0 ? total : sum(total, before.total);
const result = {
  command,
  workers,
  lockMs,
  rounds: before.rounds + rounds.length,
  minutes: Math.round(10 * before.minutes + (Date.now() - began) / 6000) / 10,
  totalFaults: made(all),
  total: all,
};
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
const { runs, endedOnce, sameBytes } = total;
process.exit(endedOnce === runs && sameBytes === runs ? 0 : 1);
