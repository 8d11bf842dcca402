import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopBackend } from "@grok/backend";
import type { EvaluationRecord, Summary } from "@grok/train";
import { afterAll, afterEach, beforeEach } from "vitest";
import { grok } from "../src/grok";
import { TestProcessEnv } from "./process-env";

/** An experiment of 21 equations and some thousand weights: a step takes a few milliseconds. */
export const tiny = [
  "train",
  "--p",
  "7",
  "--d-model",
  "8",
  "--backend",
  "cpu",
  "--no-stop-on-grok",
];

/** Runs each test in an empty folder of its own. */
export function inFreshFolder(): void {
  const before = process.cwd();
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "grok-cli-"));
    process.chdir(folder);
  });
  afterEach(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true });
  });
  afterAll(stopBackend);
}

/** What a command did. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

/** Runs the command here, without a terminal. */
export async function run(
  args: readonly string[],
  processEnv = new TestProcessEnv(),
): Promise<Outcome> {
  const status = await grok(args, processEnv);
  return { status, stdout: processEnv.stdout.text, stderr: processEnv.stderr.text };
}

/** The records of a run. */
export async function recordsOf(folder: string): Promise<EvaluationRecord[]> {
  const text = await readFile(join(folder, "metrics.jsonl"), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as EvaluationRecord);
}

/** The summary of a run. */
export async function summaryOf(folder: string): Promise<Summary> {
  return JSON.parse(await readFile(join(folder, "summary.json"), "utf8")) as Summary;
}
