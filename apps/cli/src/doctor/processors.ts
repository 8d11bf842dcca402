import { readFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg } from "node:os";
import { countOf } from "../quantity";
import { type Found, here, slow } from "./finding";

/** What is known of the processors. */
export interface Processors {
  model: string;
  /** How many this process may run on. */
  cores: number;
  /** How many processors' time its container has; null without such a limit. */
  quota: number | null;
  /** Programs that wanted a processor, on average over the last minute. */
  load: number;
}

/** Looks at the processors. */
export async function lookAtProcessors(): Promise<Found> {
  // Control groups of version 2, and of version 1.
  const [max, quota, period] = await Promise.all(
    ["cpu.max", "cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us"].map((name) =>
      readFile(`/sys/fs/cgroup/${name}`, "utf8").catch(() => ""),
    ),
  );
  return judgeProcessors({
    model: cpus()[0]?.model.trim() ?? "an unknown processor",
    cores: availableParallelism(),
    quota: quotaOf(max || `${quota} ${period}`),
    load: loadavg()[0] ?? 0,
  });
}

/** A container's share as Linux writes it: the time it gets of each period, both in microseconds. */
export function quotaOf(text: string): number | null {
  const [quota = Number.NaN, period = Number.NaN] = text.trim().split(/\s+/).map(Number);
  return quota > 0 && period > 0 ? quota / period : null;
}

/** Says what the processors are, and what makes them slow. */
export function judgeProcessors({ model, cores, quota, load }: Processors): Found {
  const text = `${countOf(cores, "processor")}, ${model}`;
  if (quota !== null && quota < cores) {
    const share = quota.toFixed(quota < 10 ? 1 : 0);
    return slow(
      `${text}; the container gets the time of ${share}, so --threads ${Math.max(1, Math.floor(quota))} may be faster.`,
    );
  }
  return load > cores
    ? slow(`${text}; other programs want ${load.toFixed(1)} of them now.`)
    : here(`${text}.`);
}
