import { Redis } from "ioredis";
import type { QueueAddress } from "./address";
import { QueueError } from "./error";
import { connectTimeout } from "./redis-connection";
import { redisTrouble, whyNoRedis } from "./redis-trouble";

/** The oldest Redis that BullMQ recommends. */
const oldest = { major: 6, minor: 2 };

/**
 * Sees once whether a Redis can keep a queue: that it answers, has the database, lets this user
 * write, and evicts nothing.
 *
 * @param signal ends the attempt
 * @throws QueueError which says why it cannot; the signal's reason
 */
export async function checkRedis(
  address: QueueAddress,
  queueName: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  let cause: Error | undefined;
  const url = new URL(address.url);
  const database = url.pathname.slice(1);
  // ioredis says a wrong database in passing, and works in database 0 then; so it is asked for here.
  url.pathname = "";
  const client = new Redis(url.href, {
    ...(address.tls && { tls: address.tls }),
    lazyConnect: true,
    connectTimeout,
    commandTimeout: connectTimeout,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  // The first error is the reason; what follows only says that the connection is closed.
  client.on("error", (error: Error) => {
    cause ??= error;
  });
  const stop = () => client.disconnect();
  signal?.addEventListener("abort", stop);
  try {
    await client.connect();
    await client.ping();
    if (database !== "") await client.call("select", database);
    const info = await client.info();
    checkInfo(address, info);
    await client.set(`grok:{${queueName}}:check`, "1", "PX", 1000).catch((error: Error) => {
      // Full of results that are to be fetched, say: who fetches them need not write.
      if (redisTrouble(address, error)?.kind !== "full") throw error;
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof QueueError) throw error;
    throw new QueueError(whyNoRedis(address, cause ?? (error as Error)), { cause: error });
  } finally {
    signal?.removeEventListener("abort", stop);
    client.disconnect();
  }
}

/**
 * Sees by what a Redis says of itself whether it can keep a queue.
 *
 * @throws QueueError if it is too old, or evicts keys
 */
export function checkInfo(address: QueueAddress, info: string): void {
  checkVersion(address, info);
  checkEviction(address, info);
}

/** BullMQ would print advice of its own about a Redis before this one, or refuse it in its own words. */
function checkVersion({ shown }: QueueAddress, info: string): void {
  const version = /^redis_version:((\d+)\.(\d+)\S*)/m.exec(info);
  if (version === null) return;
  const [major, minor] = [Number(version[2]), Number(version[3])];
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return;
  throw new QueueError(
    `Redis at ${shown} is version ${version[1]}; a queue needs ${oldest.major}.${oldest.minor} or later.`,
  );
}

/**
 * A Redis that is full and evicts would drop jobs, locks and results. It is refused without a limit
 * on its memory too, as a limit can be set at any time, and as BullMQ prints words of its own there.
 */
function checkEviction({ shown }: QueueAddress, info: string): void {
  const policy = /^maxmemory_policy:(.*)$/m.exec(info)?.[1]?.trim();
  if (policy === undefined || policy === "noeviction") return;
  throw new QueueError(
    `Redis at ${shown} drops keys when its memory is full (maxmemory-policy ${policy}), jobs and results among them: a queue needs noeviction.`,
  );
}
