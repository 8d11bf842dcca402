import { detectGrok } from "@grok/metrics";
import type { EvaluationRecord, Experiment } from "@grok/train";
import { computed, signal } from "@preact/signals";
import { proxy, wrap } from "comlink";
import { pause } from "../state/commands";
import { createTrainer } from "../state/engine";
import { sayError } from "../state/notices";
import { recordsAfter } from "../state/records-after";
import { refreshRuns } from "../state/runs";
import { isRunning } from "../state/session";
import type { Told } from "../worker/protocol";
import type { TrainingSession } from "../worker/session";

/** One of several runs that differ in their seed alone. */
export interface SeedRun {
  readonly seed: number;
  readonly state: "waiting" | "training" | "ended" | "failed" | "stopped";
  readonly records: readonly EvaluationRecord[];
  readonly tMem: number | null;
  readonly tGrok: number | null;
}

/** The runs that were trained side by side last, by rising seed. */
export const seedRuns = signal<readonly SeedRun[]>([]);

/** What they are runs of. */
export const seedExperiment = signal<Experiment | null>(null);

/** Whether some of them still train or wait. */
export const areSeedsTraining = computed(() =>
  seedRuns.value.some(({ state }) => state === "waiting" || state === "training"),
);

const trainers = new Set<Worker>();

/**
 * Trains an experiment with several seeds side by side: as many at a time as the machine has threads,
 * each in a worker of one thread. Each is kept as a run of the library. A run that trains is paused.
 */
export async function trainSideBySide(
  experiment: Experiment,
  seeds: readonly number[],
): Promise<void> {
  stopSeeds();
  if (isRunning.peek()) await pause();
  seedExperiment.value = experiment;
  seedRuns.value = seeds.map((seed) => ({
    seed,
    state: "waiting",
    records: [],
    tMem: null,
    tGrok: null,
  }));
  const workers = Math.min(seeds.length, navigator.hardwareConcurrency);
  for (let i = 0; i < workers; i++) trainInTurn().catch(sayError);
}

/** Ends all of them where they are; what was recorded is in the list of runs. */
export function stopSeeds(): void {
  for (const trainer of trainers) trainer.terminate();
  trainers.clear();
  seedRuns.value = seedRuns
    .peek()
    .map((run) =>
      run.state === "waiting" || run.state === "training" ? { ...run, state: "stopped" } : run,
    );
  refreshRuns().catch(() => {});
}

/** Puts them away; the runs stay in their list. */
export function closeSeeds(): void {
  stopSeeds();
  seedRuns.value = [];
  seedExperiment.value = null;
}

/** One worker, which trains the next seed that waits until none does. */
async function trainInTurn(): Promise<void> {
  const trainer = createTrainer("grok-seed");
  trainers.add(trainer);
  const session = wrap<TrainingSession>(trainer);
  try {
    const failed = new Promise<never>((_, reject) => {
      trainer.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`A seed could not be trained: ${event.message || "its worker ended"}.`));
      };
    });
    await Promise.race([failed, session.useBackend({ name: "wasm", threads: 1 })]);
    for (let next = nextWaiting(); next !== null; next = nextWaiting()) {
      await Promise.race([failed, trainOne(session, next)]);
    }
  } finally {
    trainer.terminate();
    trainers.delete(trainer);
  }
}

/** The next seed, which is taken by that. */
function nextWaiting(): number | null {
  const next = seedRuns.peek().find(({ state }) => state === "waiting");
  if (next === undefined) return null;
  update(next.seed, { state: "training" });
  return next.seed;
}

/** Trains a seed to its end. */
async function trainOne(
  session: ReturnType<typeof wrap<TrainingSession>>,
  seed: number,
): Promise<void> {
  const experiment = seedExperiment.peek();
  if (experiment === null) return;
  const ended = new Promise<SeedRun["state"]>((resolve) => {
    const hear = ({ event }: Told) => {
      if (event.type === "evaluation" || event.type === "start") {
        const before = seedRuns.peek().find((run) => run.seed === seed)?.records ?? [];
        const records = recordsAfter(before, [event]);
        const { grokThreshold, grokLoss, memLoss } = experiment.training;
        const { tMem, tGrok } = detectGrok(records, { grokThreshold, grokLoss, memLoss });
        update(seed, { records, tMem, tGrok });
      } else if (
        event.type === "status" &&
        event.status !== "starting" &&
        event.status !== "running"
      )
        resolve(event.status === "ended" ? "ended" : "failed");
      else if (event.type === "error") sayError(new Error(`Seed ${seed}: ${event.text}`));
    };
    void session.listen(proxy(hear));
  });
  await session.configure({ ...experiment, seed });
  await session.start();
  update(seed, { state: await ended });
  await refreshRuns();
}

function update(seed: number, change: Partial<SeedRun>): void {
  seedRuns.value = seedRuns.peek().map((run) => (run.seed === seed ? { ...run, ...change } : run));
}
