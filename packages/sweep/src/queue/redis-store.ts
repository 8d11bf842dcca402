import { type ConnectionOptions, Queue } from "bullmq";
import type { QueueAddress } from "./address";
import type { JobData } from "./job";
import { checkRedis, connectRedis, redisOptions, whyNoRedis } from "./redis-connection";
import { RedisLedger } from "./redis-ledger";
import { RunWorker } from "./run-worker";
import type { OnTrouble, QueueStore } from "./store";

/** Opens a queue in Redis. Throws a `QueueError` where no Redis answers. */
export async function openRedisStore(
  address: QueueAddress,
  name: string,
  onTrouble: OnTrouble,
): Promise<QueueStore> {
  await checkRedis(address);
  const client = connectRedis(address);
  const explain = (error: Error) => whyNoRedis(address, error);
  client.on("error", (error: Error) => onTrouble(explain(error)));
  const connection = redisOptions(address) as ConnectionOptions;
  const ledger = new RedisLedger(client, name);
  return {
    shown: address.shown,
    name,
    ledger,
    openQueue() {
      const queue = new Queue<JobData, unknown, string>(name, { connection });
      queue.on("error", (error) => onTrouble(explain(error)));
      return queue;
    },
    createWorker(processor, options) {
      const worker = new RunWorker(name, processor, { ...options, connection, autorun: false });
      worker.on("error", (error) => {
        if (!isOfLock(error)) onTrouble(explain(error));
      });
      return worker;
    },
    explain,
    close: () => ledger.close(),
  };
}

/** Whether BullMQ says that a job's lock is gone, which a worker hears of otherwise. */
function isOfLock({ message }: Error): boolean {
  return /could not renew lock|missing lock|lock mismatch|not (owned|in the active)|missing key/i.test(
    message,
  );
}
