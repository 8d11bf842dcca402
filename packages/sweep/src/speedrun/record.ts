import type { EvaluationRecord } from "@grok/train";
import { canonicalJson } from "@grok/train/front-end";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod";
import { SweepError } from "../sweep-error";
import { speedrunThreshold, tracks } from "./track";

/** How one seed of a speedrun went. */
const runSchema = z.strictObject({
  seed: z.int().min(0),
  name: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .describe("what decides the run's result, see `runName`"),
  steps: z.int().min(0).nullable().describe("updates to 95%; null if the run never got there"),
  seconds: z.number().min(0).describe("until then, evaluations included; else until its end"),
  val_acc: z.number().describe("of the last evaluation"),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("SHA-256 of the losses and accuracies at all evaluations, see `digestOf`"),
});

/** How one seed of a speedrun went. */
export type SpeedrunRun = z.infer<typeof runSchema>;

const recordSchema = z.strictObject({
  format: z.literal("grok-speedrun-1"),
  track: z.enum(tracks.map(({ id }) => id)),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  by: z.string().max(200).nullable().describe("who it is from"),
  note: z.string().max(2000).nullable().describe("what makes it fast"),
  date: z.iso.date(),
  command: z.string().max(4000),
  preset: z.string().max(100).nullable(),
  flags: z.record(z.string().max(100), z.union([z.string().max(4000), z.number(), z.boolean()])),
  extensions: z
    .array(z.strictObject({ name: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .optional(),
  parameters: z.int().min(1),
  flops_per_step: z.number().min(0).describe("see `stepFlops` of @grok/train"),
  machine: z.string().max(200),
  backend: z.string().max(100),
  arithmetic: z.string().max(100).nullable().describe("how the backend rounds"),
  threads: z.int().min(1).nullable(),
  versions: z.record(z.string(), z.string()),
  runs: z.array(runSchema).min(1).max(1000),
});

/** A speedrun: an entry, where it was run, and how each seed went; a file of the board. */
export type SpeedrunRecord = z.infer<typeof recordSchema>;

/** The most characters of a record's file. */
export const maxRecordLength = 1_000_000;

/**
 * Reads the file of a record, which may come from anybody.
 *
 * @param file how it is called in an error
 * @throws SweepError if it is no record
 */
export function parseSpeedrun(text: string, file: string): SpeedrunRecord {
  if (text.length > maxRecordLength) {
    throw new SweepError(`${file} is too long for a speedrun's record.`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new SweepError(`${file} is no JSON.`, { cause });
  }
  const read = recordSchema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue?.path.join(".") || "the whole";
  throw new SweepError(`${file} is no speedrun's record: ${place}: ${issue?.message}.`, {
    cause: read.error,
  });
}

/** The file of a record: JSON with a run a line. */
export function speedrunJson({ runs, ...record }: SpeedrunRecord): string {
  const head = JSON.stringify(record, null, 2).replace(/\n\}$/, "");
  const lines = runs.map((run) => `    ${JSON.stringify(run)}`);
  return `${head},\n  "runs": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * How a seed went, from the records of its run.
 *
 * @throws SweepError if the run knew the answers before its first step
 */
export function speedrunRun(
  seed: number,
  name: string,
  records: readonly EvaluationRecord[],
  chance: number,
): SpeedrunRun {
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) {
    throw new SweepError(`The run of seed ${seed} has no evaluation.`);
  }
  // Three times what guessing gives, and a little for tables that are small.
  if (first.step === 0 && first.val_acc > 3 * chance + 0.02) {
    throw new SweepError(
      `With seed ${seed} the network answers ${(100 * first.val_acc).toFixed(1)}% before its first step: a speedrun begins with a network that does not know the task.`,
    );
  }
  const grokked = records.find(({ val_acc }) => val_acc >= speedrunThreshold);
  const end = grokked ?? last;
  return {
    seed,
    name,
    steps: grokked?.step ?? null,
    seconds: Number(end.elapsed_sec.toFixed(3)),
    val_acc: end.val_acc,
    digest: digestOf(records.filter(({ step }) => step <= end.step)),
  };
}

/** SHA-256 of what a run recorded, without its times: the same bytes from the same arithmetic. */
export function digestOf(records: readonly EvaluationRecord[]): string {
  const rows = records.map(({ step, train_loss, train_acc, val_loss, val_acc }) => [
    step,
    train_loss,
    train_acc,
    val_loss,
    val_acc,
  ]);
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(rows))));
}
