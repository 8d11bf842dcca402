import type { Experiment } from "../experiment/experiment";
import { canonicalJson } from "../run/canonical-json";
import { sha256 } from "../run/digest";
import { probeSpeed } from "./probe-speed";

/** Steps per second by backend, and when they were measured. */
export interface MeasuredSpeeds {
  /** As ISO 8601. */
  date: string;
  speeds: Record<string, number>;
}

/** Where measured speeds are kept; what it gives is checked. */
export interface SpeedMemory {
  /** What was kept under a key; anything else, such as undefined, where nothing was. */
  recall(key: string): Promise<unknown>;
  /** Keeps what was measured; a memory that cannot keep it may forget it. */
  remember(key: string, measured: MeasuredSpeeds): Promise<void>;
}

/** What {@link fastestBackend} chooses from. */
export interface BackendContest<Name extends string> {
  /** Those that are tried, in this order. */
  backends: readonly Name[];
  /** What else their speeds depend on: the machine, its graphics adapter, versions. */
  machine: readonly (string | number)[];
  memory: SpeedMemory;
  /** Makes one of them tfjs's current backend. */
  start: (name: Name) => Promise<unknown>;
  /** Steps per second on tfjs's current backend; default {@link probeSpeed}. */
  measure?: (experiment: Experiment) => Promise<number>;
  /** Ends the contest without a winner. */
  signal?: AbortSignal;
}

/** What was chosen, and why. */
export interface FastestBackend<Name extends string> {
  name: Name;
  /** A clause: 300 steps/s on wasm against 100 on webgpu, measured now. */
  reason: string;
}

/**
 * The backend on which an experiment trains fastest: each is tried with it for a moment, as small
 * networks are often faster on the processor. What was found is remembered per machine and shape of
 * the step. Any of the backends may be the current one afterwards.
 *
 * @returns undefined if none of them can train it, or the signal came first
 */
export async function fastestBackend<Name extends string>(
  experiment: Experiment,
  { backends, machine, memory, start, signal, ...contest }: BackendContest<Name>,
): Promise<FastestBackend<Name> | undefined> {
  const measure = contest.measure ?? ((each) => probeSpeed(each, undefined, signal));
  const key = await speedKey(experiment, machine);
  const before = checked(await memory.recall(key), backends);
  const speeds: Partial<Record<Name, number>> = before?.speeds ?? {};
  if (before === undefined) {
    for (const name of backends) {
      try {
        await start(name);
        speeds[name] = await measure(experiment);
      } catch {
        // One that cannot train it is not chosen.
      }
      if (signal?.aborted === true) return undefined;
    }
    if (Object.keys(speeds).length === 0) return undefined;
    await memory.remember(key, {
      date: new Date().toISOString(),
      speeds: { ...speeds } as Record<string, number>,
    });
  }
  const ranked = (Object.entries(speeds) as [Name, number][]).sort(([, a], [, b]) => b - a);
  const [first, second] = ranked;
  if (first === undefined) return undefined;
  const against = second === undefined ? "" : ` against ${rateText(second[1])} on ${second[0]}`;
  const when = before === undefined ? "measured now" : `measured on ${before.date.slice(0, 10)}`;
  return {
    name: first[0],
    reason: `${rateText(first[1])} steps/s on ${first[0]}${against}, ${when}`,
  };
}

/** What speeds depend on: the machine, and the shape of the step. */
async function speedKey(
  { task, model, optimizer, training, shortcuts, threads }: Experiment,
  machine: readonly (string | number)[],
): Promise<string> {
  const { batch, loss } = training;
  const step = { task, model, optimizer, batch, loss, shortcuts, threads };
  const text = canonicalJson({ machine: [...machine], step });
  return (await sha256(new TextEncoder().encode(text))).slice(0, 32);
}

/** Remembered speeds, if they are whole. */
function checked<Name extends string>(
  found: unknown,
  backends: readonly Name[],
): { date: string; speeds: Partial<Record<Name, number>> } | undefined {
  const { date, speeds } = (found ?? {}) as Partial<MeasuredSpeeds>;
  if (typeof date !== "string" || typeof speeds !== "object" || speeds === null) return undefined;
  const entries = Object.entries(speeds);
  const isWhole =
    entries.length > 0 &&
    entries.every(
      ([name, speed]) =>
        (backends as readonly string[]).includes(name) && Number.isFinite(speed) && speed > 0,
    );
  return isWhole ? { date, speeds: speeds as Partial<Record<Name, number>> } : undefined;
}

function rateText(perSecond: number): string {
  return perSecond.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
