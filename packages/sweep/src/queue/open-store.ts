import { checkQueueName, parseQueueAddress } from "./address";
import { QueueError } from "./error";
import type { OnTrouble, QueueStore } from "./store";
import type { TlsFiles } from "./tls";

/** Which queue is meant. */
export interface QueueSettings {
  /** `redis://…` or `rediss://…`, see `parseQueueAddress`. */
  url: string;
  /** For a URL without one. */
  password?: string;
  /** Files of a connection over TLS, if it needs any. */
  tls?: TlsFiles;
  /** Tells queues in one store apart. */
  name?: string;
  /** A folder that all machines share, for checkpoints and results; by default they go through the queue. */
  sharedDir?: string;
  /**
   * Milliseconds that a wait for the store may last before it ends with an error; default 600,000, as
   * a Redis that restarts with much in it may take minutes.
   */
  storeLimitMs?: number;
  /** Stops, at any moment, whatever is waited for. */
  signal?: AbortSignal;
  /** Called with trouble with the store that passes by itself; the same sentence is told once a minute. */
  onTrouble?: OnTrouble;
}

/** What a queue is called that has no other name. */
export const defaultQueueName = "grok";

/** Milliseconds before the same trouble is told again. */
const quiet = 60_000;

/**
 * Opens a queue.
 *
 * @throws QueueError if the address is none, or nothing answers there as it should; the signal's reason
 */
export async function openStore({
  url,
  password,
  tls,
  name = defaultQueueName,
  sharedDir,
  storeLimitMs = 600_000,
  signal,
  onTrouble = () => {},
}: QueueSettings): Promise<QueueStore> {
  const address = parseQueueAddress(url, password, tls);
  checkQueueName(name);
  if (address.kind === "redis") {
    const options = {
      name,
      sharedDir,
      limitMs: storeLimitMs,
      onTrouble: seldom(onTrouble),
      signal,
    };
    // BullMQ and ioredis are loaded once a queue is opened.
    const { openRedisStore } = await import("./redis-store");
    return openRedisStore(address, options);
  }
  throw new QueueError(
    "A queue in PostgreSQL is not possible yet: who may write a run's result is kept in Redis alone; give redis:// or rediss://.",
  );
}

/** Each of several connections notices the same trouble, again and again. */
function seldom(tell: OnTrouble): OnTrouble {
  const told = new Map<string, number>();
  return (sentence) => {
    const now = Date.now();
    if (now - (told.get(sentence) ?? -quiet) < quiet) return;
    if (told.size > 100) told.clear();
    told.set(sentence, now);
    tell(sentence);
  };
}
