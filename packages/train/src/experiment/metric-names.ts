import type { Measure } from "@grok/metrics";

/** The names that metrics are asked for by: those of groups, and those of single ones. */
export function metricNames(measures: readonly Measure[]): { groups: string[]; single: string[] } {
  const groups: string[] = [...new Set(measures.map(({ group }) => group))];
  const single = measures.map(({ name }) => name).filter((name) => !groups.includes(name));
  return { groups, single };
}

/** What the field `metrics` may hold, for the help. */
export function describeMetrics(measures: readonly Measure[]): string {
  const { groups, single } = metricNames(measures);
  const extreme = measures.filter(({ cost }) => cost === "extreme").map(({ name }) => name);
  const except = extreme.length === 0 ? "" : ` (except ${extreme.join(", ")})`;
  return `columns to compute at each evaluation, separated by commas: ${groups.join(", ")}; single ones of ${single.join(", ")}; default (those that are cheap), all${except}, or none`;
}
