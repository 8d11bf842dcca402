import {
  checkQueueName,
  parseQueueAddress,
  type QueueSettings,
  tlsFilesOf,
} from "@grok/sweep/queue";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { UsageError } from "../usage-error";

/** Which queue a command line names, and how files get there. */
export interface QueueFlags extends QueueSettings {
  url: string;
  sharedDir: string | undefined;
}

/** What a command line says of its queue, by name. */
export const queueFlagNames = [
  "queue",
  "queue-name",
  "queue-timeout",
  "shared-dir",
  "keep-hours",
  "again",
];

/**
 * Reads the queue of a command line; null if none is named. `--queue env` is what GROK_QUEUE
 * says, GROK_QUEUE_PASSWORD the password of a URL without one, and GROK_QUEUE_TLS_CA, …_CERT and …_KEY
 * the files of a connection over TLS.
 *
 * @param byDefault whether GROK_QUEUE counts without `--queue`, too
 * @throws UsageError or QueueError if it is none; no password is said
 */
export function readQueueFlags(
  given: GivenFlags,
  { env }: Pick<ProcessEnv, "env">,
  { byDefault }: { byDefault: boolean },
): QueueFlags | null {
  const typed = given.queue ?? (byDefault ? "env" : undefined);
  if (typed === undefined) {
    const other = queueFlagNames.find((name) => given[name] !== undefined);
    if (other !== undefined) throw new UsageError(`--${other} needs --queue, the queue's URL.`);
    return null;
  }
  const url = typed === "env" ? env.GROK_QUEUE : String(typed);
  if (url === undefined || url === "") {
    throw new UsageError(
      "The queue is not named: give --queue redis://HOST, or set GROK_QUEUE to its URL.",
    );
  }
  const password = env.GROK_QUEUE_PASSWORD;
  const tls = tlsFilesOf(env);
  parseQueueAddress(url, password, tls);
  const name = given["queue-name"];
  const timeout = numberFlag(given, "queue-timeout", { min: 1, max: 86_400 });
  return {
    url,
    password,
    tls,
    name: name === undefined ? undefined : checkQueueName(String(name)),
    sharedDir: given["shared-dir"] === undefined ? undefined : String(given["shared-dir"]),
    storeLimitMs: timeout === undefined ? undefined : 1000 * timeout,
  };
}

/**
 * Reads a number of a flag.
 *
 * @throws UsageError if it is none between the limits
 */
export function numberFlag(
  given: GivenFlags,
  name: string,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): number | undefined {
  const typed = given[name];
  if (typed === undefined) return undefined;
  const value = String(typed).trim() === "" ? Number.NaN : Number(typed);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  throw new UsageError(`--${name} must be ${kind} from ${min} to ${max}, not "${String(typed)}".`);
}
