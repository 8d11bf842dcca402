import { z } from "zod";
import type { Figure } from "../figure/figure";
import type { FigureVerdict } from "../judge/judge";
import { verdicts } from "../judge/verdict";
import type { FigureRun, RunRecord } from "./figure-run";
import { thinned } from "./thin";

// JSON has no infinity: an open end of a band is null.
const band = z.tuple([z.number().nullable(), z.number().nullable()]).nullable();

const quantitySchema = z.object({
  name: z.string(),
  unit: z.enum(["steps", "epochs", "seconds", "share", "pairs", ""]),
  verdict: z.enum(verdicts),
  extent: z.enum(["full", "quick", "partly", "none"]),
  published: z.string(),
  band,
  because: z.string(),
  ours: z.number().nullable(),
  range: z.tuple([z.number(), z.number()]).nullable(),
  runs: z.int().min(0),
  never: z.int().min(0),
  reason: z.string(),
});

const setting = z.union([z.number(), z.string(), z.boolean(), z.null()]);

const runSchema = z.object({
  arm: z.string(),
  name: z.string().regex(/^[0-9a-f]{16}$/),
  settings: z.record(z.string(), setting),
  seed: z.int(),
  command: z.string(),
  status: z.enum(["grokked", "finished"]),
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
  /** Evaluations that the figure needs, thinned: a list per column, `step` first. */
  curve: z.record(z.string(), z.array(z.number())),
});

/** What came of a figure: verdict.json, and a file of results/reproductions. */
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
    quantities: verdict.quantities.map(({ band, range, ...rest }) => ({
      ...rest,
      band: band && [end(band[0]), end(band[1])],
      range: range && [...range],
    })),
    runs: runs.map(({ records, settings, versions, ...run }) => ({
      ...run,
      settings: { ...settings },
      versions: { ...versions },
      curve: columnsOf(thinned({ records }, figure.columns), figure.columns),
    })),
  };
}

/** The runs of a reproduction, with the evaluations that were kept of them. */
export function runsOf({ runs }: Reproduction): FigureRun[] {
  return runs.map(({ curve, ...run }) => ({ ...run, records: recordsOf(curve) }));
}

function columnsOf(
  records: readonly RunRecord[],
  columns: readonly string[],
): Record<string, number[]> {
  if (columns.length === 0) return {};
  return Object.fromEntries(
    ["step", ...columns].map((column) => [
      column,
      records.map((record) => record[column] as number),
    ]),
  );
}

function recordsOf(curve: Readonly<Record<string, number[]>>): RunRecord[] {
  return (curve.step ?? []).map((step, i) => {
    const values = Object.entries(curve).map(([column, list]) => [column, list[i]]);
    return { ...Object.fromEntries(values), step };
  });
}
