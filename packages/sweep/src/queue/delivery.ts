import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Summary } from "@grok/train";
import { faultOf } from "../node/machine-fault";
import { type Runner, RunnerError } from "../node/runner";
import type { Fault, RunEvent } from "../node/runner-message";
import type { SweepRun } from "../run/sweep-run";
import { CheckpointUploader } from "./checkpoint-uploader";
import { QueueError } from "./error";
import type { GivenBack } from "./ledger";
import type { QueueStore } from "./store";

/** What doing a delivered run needs. */
export interface DeliveryOptions {
  store: Pick<QueueStore, "ledger" | "transport" | "waits">;
  /** Where runs lie while they are done here, each in a folder of its own. */
  folder: string;
  /** Says who took the run. */
  worker: string;
  maxBytes: number;
  every: number;
  /** Gives a runner that has no run, and takes it back. */
  withRunner: (use: (runner: Runner) => Promise<Summary>) => Promise<Summary>;
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
  | { type: "given-back"; step: number }
  /** The run came to no end here, and is nobody's again: whose fault that is, and a sentence. */
  | { type: "failed"; fault: Fault; reason: string };

/** How often a run may fail for a reason of its own that another attempt may not have. */
const attempts = 3;

/** Deliveries without getting further after which a run is held to be what ends its workers. */
export const maxClaims = 20;

/**
 * Does a run that the queue delivered, from the checkpoint that the store has, and stores its
 * result under a fencing token: whatever else was delivered meanwhile, one result is stored.
 *
 * @throws QueueError if the store is of no use any more
 */
export async function deliver(run: SweepRun, options: DeliveryOptions): Promise<Delivery> {
  const { worker, onEvent } = options;
  const { ledger, transport } = options.store;
  const holder = randomUUID();
  const claim = await ledger.claim(run.name, { holder, worker });
  if (claim.type === "ended") return { type: "repeated" };
  const { token, step, claims, failures } = claim;
  const holding = { name: run.name, holder, token };
  if (claims > maxClaims) {
    const error = `The run was taken up ${maxClaims} times without reaching another checkpoint: it seems to end the processes that do it.`;
    const result = { state: "failed", summary: null, error, files: new Map(), keep: [] } as const;
    if (!(await transport.commit(holding, result))) return { type: "lost" };
    return { type: "committed", state: "failed", summary: null, error };
  }
  onEvent({ type: "taken", token, step });
  const folder = join(options.folder, `${run.name}-${token}-${holder.slice(0, 8)}`);
  const refused = new AbortController();
  const isLast = failures + 1 >= attempts;
  let uploader: CheckpointUploader | undefined;
  try {
    const { stored } = await transport.fetch(run.name, folder);
    const { maxBytes, every, onTrouble } = options;
    const onLost = () => refused.abort();
    const limits = { maxBytes, every };
    uploader = new CheckpointUploader({
      transport,
      holding,
      folder,
      stored,
      ...limits,
      onLost,
      onTrouble,
    });
    return await follow(run, folder, uploader, refused.signal, holder, options);
  } catch (error) {
    if (refused.signal.aborted) return { type: "lost" };
    const fault = whose(error, options);
    const reason = (error as Error).message;
    if (fault === "run" && isLast && uploader !== undefined) {
      return await commit(uploader, { state: "failed", summary: null, error: reason }, options);
    }
    // What it has done so far is another's to continue with.
    await uploader?.flush().catch(() => {});
    if (refused.signal.aborted) return { type: "lost" };
    await ledger.giveBack(run.name, holder, givenBack(fault, worker, reason));
    return { type: "failed", fault, reason };
  } finally {
    await uploader?.close();
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}

/** Whose fault an error is; one that ends the worker is thrown. */
function whose(error: unknown, { store, stop }: DeliveryOptions): Fault {
  store.waits.over.throwIfAborted();
  if (error instanceof RunnerError) {
    // Its process was ended with the worker.
    return error.fault === "process" && stop.aborted ? "machine" : error.fault;
  }
  // A wait for the store that had its end; another machine may be nearer to it.
  return error instanceof QueueError ? "machine" : faultOf(error);
}

function givenBack(fault: Fault, worker: string, reason: string): GivenBack {
  const counts = { run: "failure", process: "claim", machine: null, unfit: null } as const;
  return { why: `${worker}: ${reason}`, counts: counts[fault] };
}

async function follow(
  run: SweepRun,
  folder: string,
  uploader: CheckpointUploader,
  refused: AbortSignal,
  holder: string,
  options: DeliveryOptions,
): Promise<Delivery> {
  const { withRunner, stop, onEvent } = options;
  const summary = await withRunner((runner) =>
    runner.run(
      { run, folder },
      {
        signal: AbortSignal.any([refused, options.lost, stop]),
        onEvent(event) {
          if (event.type === "checkpoint") uploader.touch();
          onEvent({ type: "run", event });
        },
      },
    ),
  );
  if (refused.aborted) return { type: "lost" };
  if (summary.status !== "interrupted") {
    const state = summary.status === "failed" ? "failed" : "done";
    return commit(uploader, { state, summary, error: summary.error ?? null }, options);
  }
  // Where only the queue's lock is lost, nobody may have the run yet: the next one continues from here.
  await uploader.flush();
  if (refused.aborted) return { type: "lost" };
  await options.store.ledger.giveBack(run.name, holder, { why: "", counts: null });
  return options.lost.aborted ? { type: "lost" } : { type: "given-back", step: summary.steps };
}

/** Stores a result, also if the disk that it goes to is full for a while. */
async function commit(
  uploader: CheckpointUploader,
  result: { state: "done" | "failed"; summary: Summary | null; error: string | null },
  { store }: DeliveryOptions,
): Promise<Delivery> {
  const { state, summary, error } = result;
  const isStored = await store.waits.for("storing a result", () =>
    uploader.commit(state, summary, error),
  );
  return isStored ? { type: "committed", state, summary, error } : { type: "lost" };
}
