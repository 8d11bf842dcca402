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
import { areSideRunsShown } from "../state/side-runs-shown";
import type { Told } from "../worker/protocol";
import type { TrainingSession } from "../worker/session";

/** An experiment that is to be trained beside others. */
export interface SideExperiment {
  /** What tells it from the others, as "seed 3" or "weight decay 0.1, seed 3"; each has its own. */
  readonly name: string;
  /** Its settings without the seed, as "weight decay 0.1"; empty if the seed is all that differs. */
  readonly group: string;
  readonly experiment: Experiment;
}

/** One of several runs that are trained side by side. */
export interface SideRun extends SideExperiment {
  readonly state: "waiting" | "training" | "ended" | "failed" | "stopped";
  readonly records: readonly EvaluationRecord[];
  readonly tMem: number | null;
  readonly tGrok: number | null;
}

/** The runs that were trained side by side last, in their order. */
export const sideRuns = signal<readonly SideRun[]>([]);

/** Whether some of them still train or wait. */
export const areSideRunsTraining = computed(() =>
  sideRuns.value.some(({ state }) => state === "waiting" || state === "training"),
);

const trainers = new Set<Worker>();

/**
 * Trains experiments side by side: as many at a time as the machine has threads, each in a worker of
 * one thread. Each is kept as a run of the library. A run that trains is paused.
 */
export async function trainSideBySide(experiments: readonly SideExperiment[]): Promise<void> {
  stopSideRuns();
  areSideRunsShown.value = true;
  if (isRunning.peek()) await pause();
  sideRuns.value = experiments.map((each) => ({
    ...each,
    state: "waiting",
    records: [],
    tMem: null,
    tGrok: null,
  }));
  const workers = Math.min(experiments.length, navigator.hardwareConcurrency);
  for (let i = 0; i < workers; i++) trainInTurn().catch(sayError);
}

/** Trains an experiment with the seeds 0 to 7 side by side. */
export async function trainEightSeeds(experiment: Experiment): Promise<void> {
  await trainSideBySide(
    Array.from({ length: 8 }, (_, seed) => ({
      name: `seed ${seed}`,
      group: "",
      experiment: { ...experiment, seed },
    })),
  );
}

/** Ends all of them where they are; what was recorded is in the list of runs. */
export function stopSideRuns(): void {
  for (const trainer of trainers) trainer.terminate();
  trainers.clear();
  sideRuns.value = sideRuns
    .peek()
    .map((run) =>
      run.state === "waiting" || run.state === "training" ? { ...run, state: "stopped" } : run,
    );
  refreshRuns().catch(() => {});
}

/** Puts them away; the runs stay in their list. */
export function closeSideRuns(): void {
  stopSideRuns();
  sideRuns.value = [];
}

/** One worker, which trains the next run that waits until none does. */
async function trainInTurn(): Promise<void> {
  const trainer = createTrainer("grok-side-run");
  trainers.add(trainer);
  const session = wrap<TrainingSession>(trainer);
  try {
    const failed = new Promise<never>((_, reject) => {
      trainer.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`A run could not be trained: ${event.message || "its worker ended"}.`));
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

/** The next run, which is taken by that. */
function nextWaiting(): SideRun | null {
  const next = sideRuns.peek().find(({ state }) => state === "waiting");
  if (next === undefined) return null;
  update(next.name, { state: "training" });
  return next;
}

/** Trains a run to its end. */
async function trainOne(
  session: ReturnType<typeof wrap<TrainingSession>>,
  { name, experiment }: SideRun,
): Promise<void> {
  const ended = new Promise<SideRun["state"]>((resolve) => {
    const hear = ({ event }: Told) => {
      if (event.type === "evaluation" || event.type === "start") {
        const before = sideRuns.peek().find((run) => run.name === name)?.records ?? [];
        const records = recordsAfter(before, [event]);
        const { grokThreshold, grokLoss, memLoss } = experiment.training;
        const { tMem, tGrok } = detectGrok(records, { grokThreshold, grokLoss, memLoss });
        update(name, { records, tMem, tGrok });
      } else if (
        event.type === "status" &&
        event.status !== "starting" &&
        event.status !== "running"
      )
        resolve(event.status === "ended" ? "ended" : "failed");
      else if (event.type === "error") sayError(new Error(`The run of ${name}: ${event.text}`));
    };
    void session.listen(proxy(hear));
  });
  await session.configure(experiment);
  await session.start();
  update(name, { state: await ended });
  await refreshRuns();
}

function update(name: string, change: Partial<SideRun>): void {
  sideRuns.value = sideRuns.peek().map((run) => (run.name === name ? { ...run, ...change } : run));
}
