import { Redis, type RedisOptions } from "ioredis";
import type { QueueAddress } from "./address";
import { QueueError } from "./error";

/** Milliseconds that the first connection may take. */
const connectTimeout = 10_000;

/**
 * Milliseconds without an answer after which a connection counts as dead, e.g. behind a router that
 * forgot it. Longer than any blocking command of BullMQ (10 s).
 */
const socketTimeout = 30_000;

/** How a connection is kept: whatever happens to it, its commands wait for the next one. */
export function redisOptions({ url }: QueueAddress): RedisOptions & { url: string } {
  return {
    url,
    maxRetriesPerRequest: null,
    connectTimeout,
    socketTimeout,
    // 50 ms, doubled up to 5 s, and by chance up to a quarter more: a thousand workers that lost
    // their Redis do not come back in one instant.
    retryStrategy: (times) => Math.min(50 * 2 ** (times - 1), 5000) * (1 + Math.random() / 4),
    // A replica that has become the primary, or the other way round.
    reconnectOnError: (error) => (error.message.startsWith("READONLY") ? 2 : false),
  };
}

/** A connection to Redis for long. Who makes it listens to its errors. */
export function connectRedis(address: QueueAddress): Redis {
  const { url, ...options } = redisOptions(address);
  return new Redis(url, options);
}

/**
 * Sees whether a Redis answers, once.
 *
 * @throws QueueError which says why it does not
 */
export async function checkRedis(address: QueueAddress): Promise<void> {
  let cause: Error | undefined;
  const client = new Redis(address.url, {
    lazyConnect: true,
    connectTimeout,
    commandTimeout: connectTimeout,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // The first error is the reason; what follows only says that the connection is closed.
  client.on("error", (error: Error) => {
    cause ??= error;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new QueueError(whyNoRedis(address, cause ?? (error as Error)), { cause: error });
  } finally {
    client.disconnect();
  }
}

/** What went wrong between us and a Redis, in a sentence without its password. */
export function whyNoRedis({ shown }: QueueAddress, error: Error): string {
  const { message, code } = error as NodeJS.ErrnoException;
  const reasons: [RegExp, string][] = [
    [/ECONNREFUSED/, `No Redis listens at ${shown}: the connection was refused.`],
    [/ENOTFOUND|EAI_AGAIN/, `The host of ${shown} is not known.`],
    [/ETIMEDOUT|timed out|timeout/i, `Nothing answers at ${shown} in time.`],
    [/EHOSTUNREACH|ENETUNREACH/, `There is no way to ${shown}.`],
    [/WRONGPASS|invalid password/, `Redis at ${shown} refuses this user or password.`],
    [
      /NOAUTH/,
      `Redis at ${shown} wants a password: redis://:PASSWORD@HOST, or GROK_QUEUE_PASSWORD.`,
    ],
    [/NOPERM/, `Redis at ${shown} does not let this user do what a queue needs: ${message}.`],
    [/DB index|select.*index|out of range/i, `Redis at ${shown} has no such database.`],
    [/Protocol error|Parser|RESP/i, `What answers at ${shown} is no Redis.`],
    [
      /certificate|CERT|self.signed/i,
      `The TLS certificate of ${shown} is not trusted: ${message}; NODE_EXTRA_CA_CERTS names a file of those that are.`,
    ],
    [/SSL|TLS|EPROTO|wrong version/i, `${shown} does not speak TLS.`],
    [
      /ECONNRESET|closed|EPIPE/i,
      `${shown} closed the connection; with TLS the address begins with rediss://.`,
    ],
    [/MISCONF/, `Redis at ${shown} cannot write to its disk: ${message}`],
    [/OOM/, `Redis at ${shown} is out of memory.`],
  ];
  const text = `${code ?? ""} ${message}`;
  return reasons.find(([pattern]) => pattern.test(text))?.[1] ?? `Redis at ${shown}: ${message}`;
}
