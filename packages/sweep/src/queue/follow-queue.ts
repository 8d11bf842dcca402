import type { Followed, FollowOptions } from "./follow-options";
import { Following } from "./following";

/**
 * Adds the runs of a sweep to a queue that are missing, and downloads their results as they come,
 * until all have ended. The queue is the memory: this may be stopped at any time and called again,
 * anywhere. A run that failed, and was told of, is done again by the next call.
 *
 * @throws QueueError if the queue cannot be reached or used, or does not answer for too long; or if
 *   results were gathered elsewhere and have left it since (`again` does them once more)
 */
export async function followQueue(options: FollowOptions): Promise<Followed> {
  const following = new Following(options);
  const { signal } = options;
  // A store that does not answer keeps its callers waiting; who wants to stop does not wait.
  const stopped = new Promise<void>((done) => {
    if (signal?.aborted) done();
    signal?.addEventListener("abort", () => done(), { once: true });
  });
  const ended = following.run();
  try {
    await Promise.race([ended, stopped]);
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    ended.catch(() => {});
  }
  return following.state;
}
