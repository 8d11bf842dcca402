import type { Measure, Snapshot } from "@grok/metrics";

type MeasureValues = Awaited<ReturnType<Measure["compute"]>>;

/** A column of one's own: the short form of {@link defineMetric}. */
export interface MetricDefinition {
  /** What `--metrics` calls it; dashes are underscores in its column. */
  readonly name: string;
  /** What it says, in a sentence. */
  readonly description: string;
  /** Where its formula is from; default `own`. */
  readonly source?: string;
  /** Its value at an evaluation; null if it is not defined then. */
  readonly value: (snapshot: Snapshot) => number | null | Promise<number | null>;
}

/** The metric of one column that a function of the network is. */
export function metricOf({ name, description, source = "own", value }: MetricDefinition): Measure {
  const column = name.replaceAll("-", "_");
  return {
    name,
    group: "own",
    columns: [column],
    description,
    source,
    cost: "cheap",
    unavailable: () => null,
    compute: async (snapshot): Promise<MeasureValues> => ({ [column]: await value(snapshot) }),
  };
}
