import * as z from "zod";
import type { Figure } from "../figure/figure";
import type { FigureVerdict } from "../judge/judge";
import type { Measured } from "../judge/measured";
import { measuredOf } from "../judge/quantity";
import { verdicts } from "../judge/verdict";
import type { FigureRun, RunRecord } from "./figure-run";
import { thinned } from "./thin";

// JSON has no infinity: an open end of a band is null.
const band = z.tuple([z.number().nullable(), z.number().nullable()]).nullable();

/** A number, or the time after which a run that was watched so long had not got there. */
const measured = z.union([z.number(), z.object({ over: z.number() })]);

const interval = z.tuple([z.number(), z.number()]).nullable();

// What has a default was not kept at first.
const quantitySchema = z.object({
  name: z.string(),
  kind: z.enum(["run", "joint", "direction", "order"]).default("run"),
  unit: z.enum(["steps", "epochs", "seconds", "share", "pairs", ""]),
  verdict: z.enum(verdicts),
  extent: z.enum(["full", "quick", "partly", "none"]),
  published: z.string(),
  band,
  because: z.string(),
  isConvention: z.boolean().default(false),
  ours: z.number().nullable(),
  range: z.tuple([measured, measured]).nullable(),
  runs: z.int().min(0),
  never: z.int().min(0),
  chance: z.object({ p: z.number(), isExact: z.boolean() }).nullable().default(null),
  least: z.number().nullable().default(null).describe("the least p that the full set can give"),
  statistic: z.enum(["median", "greatest", "least", "mean"]).nullable().default(null),
  design: z
    .array(
      z.object({
        arm: z.string(),
        name: z.string(),
        place: z.number(),
        stratum: z.string(),
        unit: z.string().optional(),
      }),
    )
    .nullable()
    .default(null)
    .describe("where each run of the full set stands in an order"),
  needs: z.int().nullable().default(null).describe("runs below which it gets no verdict"),
  error: z.number().nullable().default(null),
  degrees: z.number().nullable().default(null),
  interval: interval.default(null),
  isOutside: z
    .boolean()
    .default(false)
    .describe("whether the published value is beyond all of ours"),
  prediction: interval.default(null),
  reason: z.string(),
});

const setting = z.union([z.number(), z.string(), z.boolean(), z.null()]);

const runSchema = z.object({
  arm: z.string(),
  name: z.string().regex(/^[0-9a-f]{16}$/),
  settings: z.record(z.string(), setting),
  seed: z.int(),
  command: z.string(),
  status: z.enum(["grokked", "ungrokked", "finished", "failed"]),
  steps: z.int().min(0),
  epochs: z.number().nullable(),
  parameters: z.int(),
  t_mem: z.int().nullable(),
  t_grok: z.int().nullable(),
  best_val_acc: z.number().nullable(),
  elapsed_sec: z.number(),
  backend: z.string(),
  threads: z.int().nullable(),
  versions: z.record(z.string(), z.string()),
  /** Null in results of before it was kept. */
  ended: z.string().nullable().default(null),
  machine: z.string().nullable().default(null),
  /** What was measured on all evaluations, by quantity: a number, or the time it was not reached in. */
  values: z.record(z.string(), z.union([z.number(), z.object({ over: z.number() })])).default({}),
  /** Evaluations that the figure needs, thinned: a list per column, `step` first. */
  curve: z.record(z.string(), z.array(z.number().nullable())),
});

/** The outcome of a figure: verdict.json, and a file of results/reproductions. */
export const reproductionSchema = z.object({
  format: z.literal("grok-reproduction-1"),
  id: z.string(),
  date: z.string().describe("when it was judged, ISO 8601"),
  command: z.string(),
  version: z.string().describe("of @grok/reproduce"),
  verdict: z.enum(verdicts),
  extent: z.enum(["full", "quick", "partly", "none"]),
  done: z.int().min(0),
  of: z.int().min(0),
  judged: z.int().min(0).default(0).describe("quantities that are decided"),
  judgeable: z.int().min(0).default(0).describe("quantities that can be"),
  quantities: z.array(quantitySchema),
  runs: z.array(runSchema),
});

/** See {@link reproductionSchema}. */
export type Reproduction = z.infer<typeof reproductionSchema>;

/** Puts together what is kept of a figure's verdict and runs. */
export function reproductionOf(
  figure: Figure,
  verdict: FigureVerdict,
  runs: readonly FigureRun[],
  about: Pick<Reproduction, "date" | "command" | "version">,
): Reproduction {
  const end = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    format: "grok-reproduction-1",
    id: figure.id,
    ...about,
    verdict: verdict.verdict,
    extent: verdict.extent,
    done: verdict.done,
    of: verdict.of,
    judged: verdict.judged,
    judgeable: verdict.judgeable,
    quantities: verdict.quantities.map(
      ({ band, range, chance, interval, prediction, design, ...rest }) => ({
        ...rest,
        band: band && [end(band[0]), end(band[1])],
        range: range && [kept(range[0]), kept(range[1])],
        chance: chance && { ...chance },
        interval: interval && [...interval],
        prediction: prediction && [...prediction],
        design: design && design.map((run) => ({ ...run })),
      }),
    ),
    runs: runs.map((run) => {
      const { records, settings, versions, values: _, ...rest } = run;
      return {
        ...rest,
        settings: { ...settings },
        versions: { ...versions },
        values: valuesOf(figure, run),
        // Those of a recorded run were thinned when it was recorded.
        curve: columnsOf(
          run.values === undefined ? thinned({ records }, figure.columns) : records,
          figure.columns,
        ),
      };
    }),
  };
}

/** As a file has it. */
function kept({ value, happened }: Measured): number | { over: number } {
  return happened ? value : { over: value };
}

/** What a run gives of each quantity that it counts in. */
function valuesOf({ quantities }: Figure, run: FigureRun): Reproduction["runs"][number]["values"] {
  return Object.fromEntries(
    quantities.flatMap((quantity) => {
      const measured = quantity.arms.includes(run.arm) ? measuredOf(quantity, run) : null;
      if (measured === null) return [];
      return [[quantity.name, kept(measured)] as const];
    }),
  );
}

/** The runs of a reproduction, with what was measured and the evaluations that were kept of them. */
export function runsOf({ runs, date }: Reproduction): FigureRun[] {
  return runs.map(({ curve, values, ended, ...run }) => ({
    ...run,
    ended: ended ?? date,
    records: recordsOf(curve),
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "number"
          ? { value, happened: true }
          : { value: value.over, happened: false },
      ]),
    ),
  }));
}

function columnsOf(
  records: readonly RunRecord[],
  columns: readonly string[],
): Record<string, (number | null)[]> {
  if (columns.length === 0) return {};
  // A run that computed less than another of the figure has fewer columns.
  const own = columns.filter((column) => records.some((record) => column in record));
  return Object.fromEntries(
    ["step", ...own].map((column) => [column, records.map((record) => record[column] ?? null)]),
  );
}

function recordsOf(curve: Reproduction["runs"][number]["curve"]): RunRecord[] {
  return (curve.step ?? []).map((step, i) => {
    const values = Object.entries(curve).map(([column, list]) => [column, list[i]]);
    return { ...Object.fromEntries(values), step: step ?? 0 };
  });
}
