import { join } from "node:path";
import { hasEnded } from "@grok/train";
import { keepExtensions, lockFolder, makeFolder, readSummary } from "@grok/train/node";
import { reuseRun } from "../node/reuse";
import { runFolder, runsName } from "../node/sweep-folder";
import { SweepStateStore } from "../node/sweep-state-store";
import type { SweepPlan } from "../plan/sweep-plan";
import type { SweepRun } from "../run/sweep-run";
import type { RunState, SweepState } from "../state/sweep-state";
import type { FollowEvent, FollowOptions } from "./follow-options";
import { followQueue } from "./follow-queue";

/** Settings of {@link runSweepOnQueue}; those of the queue are `followQueue`'s. */
export interface RunOnQueueOptions extends Omit<FollowOptions, "runs" | "onEvent"> {
  /** Folders of other sweeps, whose runs need not be done again. */
  reuse?: readonly string[];
  /**
   * Whether the sweep's folder is taken from a process that cannot be seen from here once its lease
   * has run out; default false.
   */
  takeOver?: boolean;
  /** Called with each run whose state changed. */
  onChange?: (run: RunState) => void;
  /** Is told how the queue stands: jobs that wait, also of other sweeps, those at work, and workers. */
  onCounts?: (counts: Extract<FollowEvent, { type: "counts" }>) => void;
}

/**
 * Does the runs of a sweep that are not done yet on the workers of a queue, and brings what comes
 * out into the sweep's folder, which is as `runSweep` leaves it. Stopping this leaves the runs with
 * the queue; another call, here or on another machine, continues with what it finds.
 *
 * @returns how every run stands in the end
 * @throws ExtensionError for an extension that was defined in code, which no worker has
 * @throws RunError if another process is at the sweep, QueueError as `followQueue`
 */
export async function runSweepOnQueue(
  plan: SweepPlan,
  { reuse = [], onChange = () => {}, onCounts = () => {}, ...options }: RunOnQueueOptions,
): Promise<SweepState> {
  const { folder } = options;
  await makeFolder(join(folder, runsName));
  const { takeOver = false, onTrouble } = options;
  const lock = await lockFolder(folder, { takeOver, signal: options.signal, onWait: onTrouble });
  const signal = AbortSignal.any([lock.lost, ...(options.signal ? [options.signal] : [])]);
  try {
    const { title, spec, axes } = plan;
    const { extensions = [] } = options;
    await keepExtensions(folder, extensions);
    const missing = plan.missing?.bind(plan);
    const asked = { title, spec, axes: [...axes], extensions, missing };
    const states = new SweepStateStore(folder, asked, () => lock.check());
    const hear = (event: FollowEvent) => {
      if (event.type === "counts") onCounts(event);
      const sentence = troubleIn(event);
      if (sentence !== null) options.onTrouble?.(sentence);
      if (!("name" in event) || event.type === "waiting") return;
      note(states, event);
      onChange(states.of(event.name));
    };
    try {
      for (;;) {
        const runs = plan.next(states.runs);
        if (runs.length === 0 || signal?.aborted) break;
        for (const run of runs) onChange(states.add(run));
        const left = await leftOf(runs, folder, reuse, states, onChange);
        await followQueue({ ...options, signal, runs: left, onEvent: hear });
      }
    } finally {
      await states.close();
    }
    return states.state;
  } finally {
    await lock.release();
  }
}

/** What is to be told of an event at once; null for what the sweep's table shows. */
function troubleIn(event: FollowEvent): string | null {
  if (event.type === "waiting") return `Run ${event.name} waits for another worker. ${event.why}`;
  if (event.type !== "again") return null;
  const { runs } = event;
  const what = runs === 1 ? "1 run" : `${runs} runs`;
  return `The queue no longer had ${what} that had not ended: added again.`;
}

type RunNews = Exclude<Extract<FollowEvent, { name: string }>, { type: "waiting" }>;

function note(states: SweepStateStore, event: RunNews): void {
  const { name } = event;
  switch (event.type) {
    case "progress":
      states.markRunning(name, event.progress.step, event.progress.steps);
      break;
    case "ended":
      states.ended(name, event.summary);
      break;
    case "failed":
      states.failed(name, event.error);
  }
}

/** The runs that no other sweep has done; what is done here stays as it is. */
async function leftOf(
  runs: readonly SweepRun[],
  folder: string,
  reuse: readonly string[],
  states: SweepStateStore,
  onChange: (run: RunState) => void,
): Promise<SweepRun[]> {
  if (reuse.length === 0) return [...runs];
  const left: SweepRun[] = [];
  for (const run of runs) {
    const own = await readSummary(runFolder(folder, run.name)).catch(() => null);
    const isDone = hasEnded(own?.status);
    const found = isDone ? null : await reuseRun(run.name, folder, reuse);
    if (found === null) {
      left.push(run);
      continue;
    }
    states.ended(run.name, found.summary, { reused: found.from });
    await states.readLast(run.name);
    onChange(states.of(run.name));
  }
  return left;
}
