import { cpus } from "node:os";

/** This machine's processor and number of cores, e.g. `Intel(R) Xeon(R) CPU, 2 cores`. */
export function machineText(): string {
  const all = cpus();
  const model = all[0]?.model.trim() || "unknown processor";
  return `${model}, ${all.length} core${all.length === 1 ? "" : "s"}`;
}
