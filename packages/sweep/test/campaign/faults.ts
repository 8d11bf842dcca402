// Many faults, of the four kinds by turns, while workers do tiny runs through a Redis; what came of
// it goes to results/queue-faults.json. Ends with status 1 where a run did not end exactly once with
// the bytes of a single process.
//
//   node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs \
//     packages/sweep/test/campaign/faults.ts [FAULTS] [RUNS]
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type FaultKind, type FaultReport, faultKinds, withFaults } from "../faults";
import { tinyRun } from "../tiny-runs";

const [wanted = 120, runsPerRound = 30] = process.argv.slice(2).map(Number);
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

const rounds: FaultReport[] = [];
const random = mulberry32(1);
let next = 0;
const turns = (function* () {
  for (; next < wanted; next++) yield faultKinds[next % faultKinds.length] as FaultKind;
})();
const began = Date.now();
while (next < wanted) {
  const round = rounds.length;
  const runs = Array.from({ length: runsPerRound }, (_, index) =>
    tinyRun(1000 * round + index, { steps: 2500, "eval-every": 50, "checkpoint-every": 50 }),
  );
  const faults = { [Symbol.iterator]: () => ({ next: () => turns.next() }) };
  rounds.push(await withFaults({ runs, faults, workers, lockMs, everyMs: 1500, random }));
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
const { runs, endedOnce, sameBytes, faults } = total;
const made = Object.values(faults).reduce((all, each) => all + each, 0);
const minutes = Math.round((Date.now() - began) / 6000) / 10;
const result = { command, workers, lockMs, minutes, totalFaults: made, ...total };
const file = fileURLToPath(new URL("../../../../results/queue-faults.json", import.meta.url));
await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
process.exit(endedOnce === runs && sameBytes === runs && made >= wanted ? 0 : 1);
