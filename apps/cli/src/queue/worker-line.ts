import type { Delivery, QueueWorkerEvent } from "@grok/sweep/queue";
import { count, duration } from "../quantity";

/** What happened to a worker's run, in a line; null for what is not worth one. */
export function workerLine(event: QueueWorkerEvent): string | null {
  switch (event.type) {
    case "delivery": {
      if (event.event.type !== "taken") return null;
      const { step, token } = event.event;
      const from = step === 0 ? "" : ` at step ${count(step)}`;
      return `${event.run.name}: taken${from}${token === 1 ? "" : `, for the ${ordinal(token)} time`}.`;
    }
    case "delivered":
      // Why it came to no end is told behind it, with what follows from that.
      if (event.delivery.type === "failed") return `${event.run.name}: given back to the queue.`;
      return `${event.run.name}: ${deliveryText(event.delivery)}`;
    case "refused":
      return `Job ${event.job} was refused: ${event.reason}`;
    case "failed":
      return `${event.run.name}: came to no end here, and is tried again: ${event.reason}`;
    case "left":
      return `${event.run.name}: left to other workers: ${event.reason}`;
    case "resting":
      return `No runs for ${duration(event.ms / 1000)}: ${event.reason}`;
  }
}

function deliveryText(delivery: Exclude<Delivery, { type: "failed" }>): string {
  switch (delivery.type) {
    case "committed": {
      const { summary, error } = delivery;
      if (delivery.state === "failed") return `failed: ${error ?? "it does not say why"}`;
      if (summary === null) return "done.";
      const time = `(${duration(summary.elapsed_sec)})`;
      return summary.t_grok === null
        ? `did not grok in ${count(summary.steps)} steps ${time}.`
        : `grokked at step ${count(summary.t_grok)} ${time}.`;
    }
    case "repeated":
      return "had ended before; the job came twice.";
    case "lost":
      return "is another worker's now; nothing of this one's counts.";
    case "given-back":
      return `given back at step ${count(delivery.step)}.`;
  }
}

function ordinal(n: number): string {
  const suffixes: Record<number, string> = { 1: "st", 2: "nd", 3: "rd" };
  const isTeen = Math.floor(n / 10) % 10 === 1;
  return `${n}${isTeen ? "th" : (suffixes[n % 10] ?? "th")}`;
}
