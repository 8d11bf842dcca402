import { keepExtensions } from "@grok/train/node";
import { openStore } from "./open-store";
import type { QueueWorker, QueueWorkerOptions } from "./queue-worker";
import { makeWorkFolder } from "./work-folder";

/**
 * Takes runs from a queue and does them, in processes of their own: this one never computes, so
 * that it renews the locks of its jobs in time.
 *
 * @throws QueueError if the queue cannot be reached or used; the signal's reason if it comes before
 *   the worker has started
 */
export async function startWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const store = await openStore(options);
  try {
    const folder = await makeWorkFolder(options.dir);
    const files = await keepExtensions(folder.path, options.extensions ?? []);
    const { StartedWorker } = await import("./started-worker");
    return new StartedWorker(options, store, folder, files);
  } catch (error) {
    await store.close();
    throw error;
  }
}
