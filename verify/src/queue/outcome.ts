import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readRun } from "@grok/train/node";
import { differencesBetween } from "../resume/compare";

/**
 * What differs between a run of one process and the same run by a queue's workers, a phrase each.
 * A run that was handed over may have a checkpoint more, which takes the place of an older one, and
 * config.json and checkpoints say which engine it ran on. Neither is a difference.
 */
export async function whatDiffers(reference: string, folder: string): Promise<string[]> {
  const differences = await differencesBetween(reference, folder).catch((error: Error) => [
    error.message,
  ]);
  const last = (await readRun(reference)).checkpoints.at(-1)?.path.slice(reference.length + 1);
  const serious = differences.filter((each) => {
    if (each.endsWith(": its environment differs")) return false;
    const [, name] = /^(checkpoints\/\S+) (?:is missing|is too many)$/.exec(each) ?? [];
    return name === undefined || name === last;
  });
  if (!serious.includes("config.json differs")) return serious;
  const [before, after] = await Promise.all([experimentIn(reference), experimentIn(folder)]);
  return serious.filter((each) => each !== "config.json differs" || before !== after);
}

async function experimentIn(folder: string): Promise<string> {
  const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
  return JSON.stringify({ ...config, versions: null, history: null });
}
