import type { Job } from "bullmq";
import type { DeliveryEvent } from "./delivery";
import type { RunProgress } from "./run-progress";

/** Milliseconds between signs of progress in the queue. */
const every = 1000;

/** Shows a job's progress in the queue, from time to time, one message at a time. */
export function showProgress(
  job: Pick<Job<unknown>, "updateProgress">,
): (event: DeliveryEvent) => void {
  let shown = 0;
  let isOnItsWay = false;
  let steps = 0;
  return (event) => {
    if (event.type !== "run") return;
    if (event.event.type === "start") ({ steps } = event.event);
    const now = performance.now();
    if (event.event.type !== "progress" || isOnItsWay || now - shown < every) return;
    shown = now;
    isOnItsWay = true;
    const { step, stepsPerSec } = event.event;
    const progress: RunProgress = { step, steps, stepsPerSec };
    job
      .updateProgress(progress)
      .catch(() => {})
      .finally(() => {
        isOnItsWay = false;
      });
  };
}
