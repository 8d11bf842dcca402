import { checkQueue } from "@grok/sweep/queue";
import type { ProcessEnv } from "../process-env";
import { readQueueFlags } from "../queue/queue-flags";
import { type Found, here, missing } from "./finding";

/** Milliseconds in which a Redis must have answered. */
const patience = 2000;

/** Sees whether the queue of GROK_QUEUE can be used from here. */
export async function lookAtQueue(processEnv: Pick<ProcessEnv, "env">): Promise<Found> {
  const flags = readQueueFlags({ queue: "env" }, processEnv, { byDefault: true });
  if (flags === null) return missing("GROK_QUEUE names none.");
  const limit = AbortSignal.timeout(patience);
  try {
    return here(`${await checkQueue({ ...flags, signal: limit })} can keep a queue.`);
  } catch (error) {
    if (error !== limit.reason) throw error;
    return missing(`The Redis of GROK_QUEUE gave no answer within ${patience / 1000} seconds.`);
  }
}
