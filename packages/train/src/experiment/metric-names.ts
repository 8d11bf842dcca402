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
  return `columns to compute at each evaluation, separated by commas: ${groups.join(", ")}; single ones of ${single.join(", ")}; default (those that are cheap), all, or none`;
}
