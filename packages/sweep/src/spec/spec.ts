import * as z from "zod";

/** The most runs that one sweep may have. */
export const maxRuns = 100_000;

const longestList = 10_000;
const tooLong = "must have at most 10,000 values";

/** What a flag may be given in a sweep: as on the command line, or as data. */
const value = z.union(
  [z.string().max(200, "must have at most 200 characters"), z.number(), z.boolean(), z.null()],
  {
    error: ({ input }) => {
      const kinds = "must be a number, a text, true, false or null";
      // What YAML makes of a lone dash.
      return Array.isArray(input) ? `${kinds}, not a list; a text such as "-" needs quotes` : kinds;
    },
  },
);

const number = z.number({ error: "must be a number" });
const countFrom = (least: number, most: number) =>
  z
    .int({ error: "must be a whole number" })
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
const scale = z
  .enum(["linear", "log"], { error: "must be linear or log" })
  .default("linear")
  .describe("how values are spaced: evenly, or by equal factors");
const integer = z
  .boolean({ error: "must be true or false" })
  .default(false)
  .describe("round to whole numbers");

const interval = { from: number, to: number, scale, integer };
const list = z.array(value, { error: "must be a list" }).min(1, "must have a value");
const rangeSchema = z.strictObject({ ...interval, count: countFrom(2, longestList) });
const intervalSchema = z.strictObject(interval);

/** Either a list of values or an object; the data decides which error there is. */
function listOr<S extends z.ZodType>(object: S, fields: string) {
  return z.unknown().transform((data, context) => {
    const schema = Array.isArray(data) ? list.max(longestList, tooLong) : object;
    const isEither = typeof data === "object" && data !== null;
    if (!isEither) {
      context.addIssue(`must be a list of values or { ${fields} }`);
      return z.NEVER;
    }
    const parsed = schema.safeParse(data);
    if (parsed.success) return parsed.data as z.infer<typeof list> | z.infer<S>;
    for (const issue of parsed.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  });
}

const axis = listOr(rangeSchema, "from, to, count, scale");
const sampled = listOr(intervalSchema, "from, to, scale");

const boundsSchema = z
  .strictObject({ from: number.optional(), to: number.optional() })
  .refine(({ from, to }) => from !== undefined || to !== undefined, "must have from or to");

/** What a flag must be for a condition to hold: a value, one of several, or within bounds. */
const expected = z.union([value, list.max(longestList, tooLong), boundsSchema], {
  error: "must be a value, a list of values or { from, to }",
});
const conditionSchema = z.record(z.string(), expected, {
  error: "must name flags and what they must be",
});

const record = <S extends z.ZodType>(schema: S) =>
  z.record(z.string().max(100, "must have at most 100 characters"), schema, {
    error: "must name flags and their values",
  });

const sampleSchema = z.strictObject(
  {
    method: z
      .enum(["sobol", "random"], { error: "must be sobol or random" })
      .default("sobol")
      .describe("sobol: low-discrepancy points; random: independent ones"),
    count: countFrom(1, maxRuns),
    seed: z
      .int({ error: "must be a whole number" })
      .default(0)
      .describe("decides random points; for Sobol's, 0 is the sequence itself and others shift it"),
    over: record(sampled),
  },
  { error: "must have method, count and over" },
);

const seedRange = /^(-?\d{1,15})\.\.(-?\d{1,15})$/;
const seedList = z.array(z.int()).min(1).max(longestList);
/** One seed, some, or a range. */
const seedsSchema = z.unknown().transform((data, context): number[] | string => {
  const listed = seedList.safeParse(typeof data === "number" ? [data] : data);
  if (listed.success) return listed.data;
  if (typeof data === "string" && seedRange.test(data)) return data;
  context.addIssue(`must be ${seedsFault(data)}`);
  return z.NEVER;
});

/** What seeds may be, and what was written instead, as the end of a sentence. */
export function seedsFault(written: unknown): string {
  const text = (JSON.stringify(written) ?? "").slice(0, 60);
  const [, from, to] =
    (typeof written === "string" && /^(\d+)\s*(?:-|to|:|…)\s*(\d+)$/.exec(written)) || [];
  const hint = from === undefined ? "" : `; a range is written ${from}..${to}`;
  return `a list of whole numbers or a range such as 0..4, not ${text}${hint}`;
}

const useFault = "must be the file of an extension, or a list of them";
const useFile = z.string({ error: useFault }).min(1, useFault).max(1000, useFault);
/** One extension's file, or some. */
export const useSchema = z
  .union([useFile, z.array(useFile).max(100, "must have at most 100 files")], { error: useFault })
  .transform((files) => (typeof files === "string" ? [files] : files));

/** A sweep as data. */
export const sweepSchema = z.strictObject(
  {
    title: z
      .string({ error: "must be a text" })
      .max(200, "must have at most 200 characters")
      .optional()
      .describe("what the sweep asks, for its figures"),
    use: useSchema
      .optional()
      .describe("files of extensions whose parts the runs are made of, relative to the sweep's"),
    preset: z.string({ error: "must be a preset's name" }).optional(),
    flags: record(value).default({}).describe("flags of grok train, for every run"),
    grid: record(axis).default({}).describe("every combination of these values"),
    list: z
      .array(record(value), { error: "must be a list of flags and their values" })
      .min(1, "must have an entry")
      .max(longestList, tooLong)
      .optional()
      .describe("settings that go together, one after another"),
    sample: sampleSchema.optional().describe("points in a space"),
    seeds: seedsSchema.optional().describe("seeds that each point is run with"),
    when: z
      .record(z.string(), conditionSchema, { error: "must name flags and their conditions" })
      .default({})
      .describe("flags that are given only where a condition holds"),
    exclude: z
      .array(conditionSchema, { error: "must be a list of conditions" })
      .default([])
      .describe("points that are left out"),
  },
  { error: "must be an object with grid, list, sample or seeds" },
);

/** A sweep as it is given; what has a default may be left out. */
export type SweepSpec = Omit<z.input<typeof sweepSchema>, "seeds"> & {
  /** One seed, some, or a range such as `0..4`. */
  seeds?: number | number[] | string | undefined;
};
/** A sweep with its defaults. */
export type Sweep = z.output<typeof sweepSchema>;
/** What a flag is given. */
export type Value = z.infer<typeof value>;
/** Flags by name, with their values. */
export type Settings = Record<string, Value>;
/** What flags must be for an axis to be given, or a run to be left out: values, or bounds. */
export type Condition = z.infer<typeof conditionSchema>;
export type Range = z.infer<typeof rangeSchema>;
export type Interval = z.infer<typeof intervalSchema>;

/** The seeds that `0..4` or a list names. */
export function seedsOf(seeds: string | number[]): number[] {
  if (typeof seeds !== "string") return seeds;
  const [, from, to] = (seedRange.exec(seeds) ?? []).map(Number) as [number, number, number];
  return to < from || to - from >= maxRuns
    ? []
    : Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
