import { join } from "node:path";
import { randomStream } from "@grok/data";
import pMap from "p-map";
import { differencesBetween } from "./compare";
import type { Death } from "./orders";
import {
  freshFolder,
  type Kill,
  proceed,
  runName,
  runSeries,
  type Series,
  type SeriesOptions,
  unchanged,
} from "./series";
import { operationsOf, type Watched } from "./watched";

/** What is to be done. */
export interface Plan {
  /** Kills at random instants, at least. */
  kills: number;
  /** Decides the instants. */
  killSeed: number;
  /** Whether to kill before operations, too: before every one (1), every second (2), … or none (0). */
  boundaries: number;
  /** Processes at a time. */
  jobs: number;
}

/** The run that the others are held against. */
export interface Reference {
  folder: string;
  process: Watched;
}

/** Kills in a row of one run, at random instants. */
const killsInRow = 8;

/**
 * Runs the experiment unbroken, twice; of forks, once from its beginning and once as a fork.
 *
 * @returns the first run, and what the second differs in
 * @throws Error if it does not end well
 */
export async function runReference(
  options: SeriesOptions,
): Promise<{ reference: Reference; differences: string[] }> {
  const [first, second] = [
    await freshFolder(options, "unbroken"),
    await freshFolder(options, "unbroken"),
  ];
  const { trunk, ...plain } = options;
  const process = await proceed(plain, first);
  if (process.status !== 0) {
    throw new Error(`The unbroken run ended with status ${process.status}:\n${process.text}`);
  }
  const again = await proceed(options, second);
  if (again.status !== 0) {
    throw new Error(`The unbroken run ended with status ${again.status}:\n${again.text}`);
  }
  const folder = join(first, runName);
  const differences = await differencesBetween(folder, join(second, runName), trunk?.at);
  // Of forks, what a fork does tells where it can be killed.
  return { reference: { folder, process: trunk === undefined ? process : again }, differences };
}

/**
 * Trains the run that forks are made of, without what changes.
 *
 * @returns the options of forks of it at a step
 */
export async function forksOf(options: SeriesOptions, at: number): Promise<SeriesOptions> {
  const folder = await freshFolder(options, "trunk");
  const process = await proceed({ ...options, flags: unchanged(options.flags) }, folder);
  if (process.status !== 0) {
    throw new Error(`The run to fork ended with status ${process.status}:\n${process.text}`);
  }
  return { ...options, trunk: { folder: join(folder, runName), at } };
}

/** Kills runs at random instants: one in five in start-up, the others while they train. */
export async function killAtRandom(
  options: SeriesOptions,
  { folder, process }: Reference,
  { kills, killSeed, jobs }: Plan,
  onSeries: (series: Series) => void,
): Promise<void> {
  let made = 0;
  let begun = 0;
  const { startMs, totalMs } = process;
  const next = async () => {
    const number = begun++;
    const stream = randomStream(killSeed, "kills", number);
    const orders = Array.from({ length: Math.min(killsInRow, kills) }, (): Kill => {
      const inStart = stream.uniform() < 0.2;
      const ms = stream.uniform() * (inStart ? startMs : totalMs - startMs);
      return { kill: { after: inStart ? "start" : "run", ms } };
    });
    const series = await runSeries(options, folder, `random-${number}`, orders);
    made += series.killed.length;
    onSeries(series);
  };
  const worker = async () => {
    while (made < kills) await next();
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}

/**
 * Kills a run before each of its operations in turn, and in the middle of each write; then kills the
 * process that continues with it before one of its own operations, in turn as well.
 */
export async function killAtBoundaries(
  options: SeriesOptions,
  { folder, process }: Reference,
  { jobs, boundaries }: Plan,
  onSeries: (series: Series) => void,
): Promise<void> {
  const deaths = deathsAt(process).filter((_, i) => i % boundaries === 0);
  const again = deathsAt(await resumedOnce(options, process));
  await pMap(
    deaths,
    async (death, i) => {
      const kills: Kill[] = [{ death }, { death: again[i % again.length] as Death }];
      onSeries(await runSeries(options, folder, `boundary-${i}`, kills));
    },
    { concurrency: jobs },
  );
}

/** Cuts the power before each of a run's operations in turn. */
export async function cutPower(
  options: SeriesOptions,
  { folder, process }: Reference,
  { jobs }: Plan,
  onSeries: (series: Series) => void,
): Promise<void> {
  const again = operationsOf((await resumedOnce(options, process)).entries).length;
  const cuts = operationsOf(process.entries).flatMap((_, i) =>
    (["power late", "power early"] as const).map((how) => ({ before: i + 1, how })),
  );
  await pMap(
    cuts,
    async ({ before, how }, i) => {
      const second: Death = { before: 1 + (i % again), how };
      const kills: Kill[] = [{ death: { before, how } }, { death: second }];
      onSeries(await runSeries(options, folder, `power-${i}`, kills));
    },
    { concurrency: jobs },
  );
}

/** A process that continues with a run that was killed in its second half. */
async function resumedOnce(options: SeriesOptions, { entries }: Watched): Promise<Watched> {
  const folder = await freshFolder(options, "resumed");
  const before = Math.ceil(operationsOf(entries).length * 0.6);
  await proceed(options, folder, { death: { before, how: "kill" } });
  return proceed(options, folder);
}

function deathsAt({ entries }: Watched): Death[] {
  return operationsOf(entries).flatMap(({ kind }, i): Death[] => {
    const kill: Death = { before: i + 1, how: "kill" };
    const isWrite = kind === "writeFile" || kind === "appendFile" || kind === "write";
    return isWrite ? [kill, { before: i + 1, how: "torn" }] : [kill];
  });
}
