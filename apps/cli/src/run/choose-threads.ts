import type { BackendChoice } from "@grok/backend";
import type { Experiment } from "@grok/train";
import { probeSpeed } from "@grok/train/front-end";
import type { ChosenBackend } from "./choose-backend";
import { startBackend } from "./start-backend";

/** What {@link chooseThreads} stands on. */
export interface ThreadParts {
  start: (name: "wasm", threads: number) => Promise<BackendChoice>;
  measure: (experiment: Experiment, seconds: number, signal?: AbortSignal) => Promise<number>;
}

const usual: ThreadParts = { start: startBackend, measure: probeSpeed };

/** Shorter runs are over before a probe has paid for itself. */
const MIN_STEPS = 2000;

/** Seconds that each number of threads is tried for, about. */
const SECONDS = 0.1;

/** Seconds in which a trial must be over for another one to be made: its examples may take long. */
const PATIENCE = 3;

/**
 * Leaves the experiment on as many threads as it trains fastest on: threads that wait for each other
 * are slower than one where the network is small or other programs want the processors. Tried are the
 * backend's own number, 4 and 1, and the first again if it lost; the results are the same bytes on any.
 * Nothing is tried if the experiment says how many, on other backends than wasm, and for runs of fewer
 * than 2,000 steps; what was found is not kept, as it depends on what else the machine does. If
 * preparing the examples and one step take longer than 3 s, or the signal comes, the experiment stays
 * as it is.
 */
export async function chooseThreads(
  experiment: Experiment,
  { backend, choice }: ChosenBackend,
  { start, measure }: ThreadParts = usual,
  signal?: AbortSignal,
): Promise<ChosenBackend> {
  const asked = { backend, choice };
  const { name, threads } = backend;
  if (name !== "wasm" || threads === 1 || experiment.threads !== null) return asked;
  if (experiment.training.steps < MIN_STEPS) return asked;
  const speeds: { threads: number; speed: number }[] = [];
  let current = backend;
  const tryOn = async (count: number): Promise<boolean> => {
    if (current.threads !== count) current = await start("wasm", count);
    const began = performance.now();
    speeds.push({ threads: count, speed: await measure(experiment, SECONDS, signal) });
    return performance.now() - began <= PATIENCE * 1000;
  };
  try {
    let isQuick = true;
    for (const count of [threads, 4, 1].filter((each, i) => i === 0 || each < threads)) {
      if (isQuick) isQuick = await tryOn(count);
    }
    // The first trial also paid for code that was not optimised yet.
    if (isQuick && speeds.some(({ speed }) => speed > (speeds[0]?.speed ?? 0)))
      await tryOn(threads);
  } catch {
    // What cannot be trained says so when it is.
    if (current.threads !== threads) current = await start("wasm", threads);
    return { backend: { ...current, reason: backend.reason }, choice };
  }
  const fastest = speeds.reduce((best, each) => (each.speed > best.speed ? each : best));
  const all = Math.max(
    ...speeds.filter((each) => each.threads === threads).map(({ speed }) => speed),
  );
  if (current.threads !== fastest.threads) current = await start("wasm", fastest.threads);
  const found = { ...backend, threads: current.threads };
  if (fastest.threads === threads) return { backend: found, choice };
  const on = fastest.threads === 1 ? "1 thread" : `${fastest.threads} threads`;
  const reason = `${rateText(fastest.speed)} steps/s on ${on} against ${rateText(all)} on ${threads}, measured now`;
  return { backend: found, choice: choice === undefined ? reason : `${choice}; ${reason}` };
}

function rateText(perSecond: number): string {
  return perSecond.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
