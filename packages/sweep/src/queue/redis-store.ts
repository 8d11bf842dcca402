import { type ConnectionOptions, Queue } from "bullmq";
import { machineFault } from "../node/machine-fault";
import type { QueueAddress } from "./address";
import { clearDownloaded } from "./clear-downloaded";
import { throughFolder, throughLedger } from "./file-transport";
import type { JobData } from "./job";
import { PatientLedger } from "./patient-ledger";
import { QueueJobs } from "./queue-jobs";
import { checkRedis } from "./redis-check";
import { connectRedis, redisOptions } from "./redis-connection";
import { RedisLedger } from "./redis-ledger";
import { redisTrouble, whyNoRedis } from "./redis-trouble";
import { RunWorker } from "./run-worker";
import type { OnTrouble, QueueStore } from "./store";
import { StoreWaits } from "./store-waits";
import type { Trouble } from "./trouble";

/** Settings of {@link openRedisStore}. */
export interface RedisStoreOptions {
  name: string;
  sharedDir: string | undefined;
  /** Milliseconds that a wait for the store may last. */
  limitMs: number;
  onTrouble: OnTrouble;
  signal: AbortSignal | undefined;
}

/**
 * Opens a queue in Redis.
 *
 * @throws QueueError if no Redis answers, or it cannot keep a queue; the signal's reason
 */
export async function openRedisStore(
  address: QueueAddress,
  { name, sharedDir, limitMs, onTrouble, signal }: RedisStoreOptions,
): Promise<QueueStore> {
  await checkRedis(address, name, signal);
  const client = connectRedis(address);
  const { shown } = address;
  const plain = new RedisLedger(client, name);
  const transportOf = (ledger: PatientLedger | RedisLedger) =>
    sharedDir === undefined ? throughLedger(ledger) : throughFolder(ledger, sharedDir);
  const waits = new StoreWaits({
    shown: `Redis at ${shown}`,
    limitMs,
    tell: onTrouble,
    troubleOf: (error) => redisTrouble(address, error) ?? diskTrouble(error),
    free: () => clearDownloaded(plain, transportOf(plain), { isFull: true }),
  });
  const note = (error: Error) => waits.note(error);
  client.on("error", note);
  const connection = redisOptions(address) as ConnectionOptions;
  const ledger = new PatientLedger(plain, waits);
  return {
    shown,
    name,
    waits,
    ledger,
    transport: transportOf(ledger),
    async answers(ms) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), ms);
      });
      const answer = client.ping().then(
        () => true,
        () => false,
      );
      const is = await Promise.race([answer, late]);
      clearTimeout(timer);
      return is;
    },
    openJobs() {
      const queue = new Queue<JobData, unknown, string>(name, { connection });
      queue.on("error", note);
      return new QueueJobs(queue, waits);
    },
    createWorker(processor, options) {
      const worker = new RunWorker(name, processor, { ...options, connection, autorun: false });
      worker.on("error", (error) => {
        if (!isOfLock(error)) note(error);
      });
      return worker;
    },
    explain: (error) => whyNoRedis(address, error),
    close: () => ledger.close(),
  };
}

/** What goes through a shared folder may find its disk full, for a while. */
function diskTrouble(error: Error): Trouble | null {
  const reason = machineFault(error);
  if (reason === null) return null;
  return { kind: "passing", sentence: `This machine cannot store a run: ${reason}.` };
}

/** Whether BullMQ says that a job's lock is gone, which a worker hears of otherwise. */
function isOfLock({ message }: Error): boolean {
  return /could not renew lock|missing lock|lock mismatch|not (owned|in the active)|missing key/i.test(
    message,
  );
}
