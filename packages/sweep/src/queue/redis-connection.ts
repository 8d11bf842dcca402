import { Redis, type RedisOptions } from "ioredis";
import type { QueueAddress } from "./address";

/** Milliseconds that a connection may take. */
export const connectTimeout = 10_000;

/**
 * Milliseconds without an answer after which a connection counts as dead, e.g. behind a router that
 * forgot it. Longer than any blocking command of BullMQ (10 s).
 */
const socketTimeout = 30_000;

/** How a connection is kept: whatever happens to it, its commands wait for the next one. */
export function redisOptions({ url, tls }: QueueAddress): RedisOptions & { url: string } {
  return {
    url,
    ...(tls && { tls }),
    maxRetriesPerRequest: null,
    connectTimeout,
    socketTimeout,
    // 50 ms, doubled up to 5 s, and by chance up to a quarter more: a thousand workers that lost
    // their Redis do not come back in one instant.
    retryStrategy: (times) => Math.min(50 * 2 ** (times - 1), 5000) * (1 + Math.random() / 4),
    // After a failover the name may lead to the new primary. The command's error is its caller's, who
    // tells of it and tries again.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
  };
}

/** A connection to Redis for long. Who makes it listens to its errors. */
export function connectRedis(address: QueueAddress): Redis {
  const { url, ...options } = redisOptions(address);
  return new Redis(url, options);
}
