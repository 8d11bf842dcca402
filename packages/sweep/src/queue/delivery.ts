import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Summary } from "@grok/train";
import type { Runner } from "../node/runner";
import type { RunEvent } from "../node/runner-message";
import type { SweepRun } from "../run/sweep-run";
import type { FileCourier } from "./file-courier";
import type { Ledger } from "./ledger";
import { Mirror } from "./mirror";

/** What doing a delivered run needs. */
export interface DeliveryOptions {
  ledger: Ledger;
  courier: FileCourier;
  /** Where runs lie while they are done here, each in a folder of its own. */
  folder: string;
  /** Says who took the run. */
  worker: string;
  maxBytes: number;
  every: number;
  /** Gives a runner that has no run, and takes it back. */
  withRunner: (use: (runner: Runner) => Promise<Summary>) => Promise<Summary>;
  /** Whether an error is the last that the run may have. */
  isLastAttempt: boolean;
  /** Aborted where the run is to be given back. */
  stop: AbortSignal;
  /** Aborted where the queue may deliver the run to another. */
  lost: AbortSignal;
  onEvent: (event: DeliveryEvent) => void;
  onTrouble: (error: Error) => void;
}

/** What happens to a delivered run. */
export type DeliveryEvent =
  | { type: "taken"; token: number; step: number }
  | { type: "run"; event: RunEvent };

/** How a delivery ended. */
export type Delivery =
  /** The result is stored. */
  | { type: "committed"; state: "done" | "failed"; summary: Summary | null; error: string | null }
  /** The run had ended before: the job was delivered again. */
  | { type: "repeated" }
  /** Another worker has the run: nothing of this one's counts. */
  | { type: "lost" }
  /** The run is nobody's again, with its checkpoint in the store. */
  | { type: "given-back"; step: number };

/** Deliveries without getting further after which a run is held to be what ends its workers. */
export const maxClaims = 20;

/**
 * Does a run that the queue delivered, from the checkpoint that the store has, and stores its
 * result under a fencing token: whatever else was delivered meanwhile, one result is stored.
 *
 * @throws the reason why the run came to no end here, where it may be tried again
 */
export async function deliver(run: SweepRun, options: DeliveryOptions): Promise<Delivery> {
  const { ledger, courier, worker, onEvent } = options;
  const holder = randomUUID();
  const claim = await ledger.claim(run.name, { holder, worker });
  if (claim.type === "ended") return { type: "repeated" };
  const { token, step, claims } = claim;
  const holding = { name: run.name, holder, token };
  if (claims > maxClaims) {
    const error = `The run was taken up ${maxClaims} times without reaching another checkpoint: it seems to end the processes that do it.`;
    const result = { state: "failed", summary: null, error, files: new Map(), keep: [] } as const;
    if (!(await courier.commit(holding, result))) return { type: "lost" };
    return { type: "committed", state: "failed", summary: null, error };
  }
  onEvent({ type: "taken", token, step });
  const folder = join(options.folder, `${run.name}-${token}-${holder.slice(0, 8)}`);
  const refused = new AbortController();
  try {
    const stored = await courier.fetch(run.name, folder);
    const { maxBytes, every, onTrouble } = options;
    const onLost = () => refused.abort();
    const limits = { maxBytes, every };
    const mirror = new Mirror({ courier, holding, folder, stored, ...limits, onLost, onTrouble });
    try {
      return await follow(run, folder, mirror, refused.signal, holder, options);
    } finally {
      await mirror.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function follow(
  run: SweepRun,
  folder: string,
  mirror: Mirror,
  refused: AbortSignal,
  holder: string,
  options: DeliveryOptions,
): Promise<Delivery> {
  const { ledger, withRunner, stop, onEvent, onTrouble } = options;
  const commit = async (
    state: "done" | "failed",
    summary: Summary | null,
    error: string | null,
  ): Promise<Delivery> => {
    const store = () => mirror.commit(state, summary, error);
    const isStored = await persistently(store, AbortSignal.any([refused, stop]), onTrouble);
    return isStored ? { type: "committed", state, summary, error } : { type: "lost" };
  };
  let summary: Summary;
  try {
    summary = await withRunner((runner) =>
      runner.run(
        { run, folder },
        {
          signal: AbortSignal.any([refused, options.lost, stop]),
          onEvent(event) {
            if (event.type === "checkpoint") mirror.touch();
            onEvent({ type: "run", event });
          },
        },
      ),
    );
  } catch (error) {
    if (refused.aborted) return { type: "lost" };
    if (!options.isLastAttempt) throw error;
    return commit("failed", null, (error as Error).message);
  }
  if (refused.aborted) return { type: "lost" };
  if (summary.status !== "interrupted") {
    return commit(summary.status === "failed" ? "failed" : "done", summary, summary.error ?? null);
  }
  // Where only the queue's lock is lost, nobody may have the run yet: the next one goes on from here.
  await mirror.flush();
  if (refused.aborted) return { type: "lost" };
  await ledger.giveBack(run.name, holder);
  return options.lost.aborted ? { type: "lost" } : { type: "given-back", step: summary.steps };
}

/** Milliseconds before a store that refused for reasons of its own (a full disk) is tried again. */
const patience = { first: 500, most: 30_000 };

async function persistently<T>(
  attempt: () => Promise<T>,
  enough: AbortSignal,
  onTrouble: (error: Error) => void,
): Promise<T> {
  for (let wait = patience.first; ; wait = Math.min(2 * wait, patience.most)) {
    try {
      return await attempt();
    } catch (error) {
      if (enough.aborted) throw error;
      onTrouble(error as Error);
      await setTimeout(wait, undefined, { signal: enough }).catch(() => {});
    }
  }
}
