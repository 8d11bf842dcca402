import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { runName } from "@grok/sweep";
import { experimentOf, hasEnded, RunError } from "@grok/train";
import { readRun, readSummary } from "@grok/train/node";

/** How deep a tree of run folders is looked into. */
const deepest = 6;

/** What a run's folder holds besides runs. */
const inside = new Set(["checkpoints", "plots", "node_modules"]);

/**
 * The runs in some trees of folders that have ended as planned, by name: whatever their folders are
 * called, a run is known by its experiment. Of two with one name the first is taken. What is no run,
 * or cannot be read, is passed over.
 */
export async function findRuns(folders: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) await look(folder, found, 0);
  return found;
}

async function look(folder: string, found: Map<string, string>, depth: number): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.isFile() && entry.name === "config.json")) {
    const name = await nameOf(folder);
    if (name !== null && !found.has(name)) found.set(name, folder);
    return;
  }
  if (depth === deepest) return;
  for (const entry of entries) {
    const isHidden = entry.name.startsWith(".");
    if (!entry.isDirectory() || isHidden || inside.has(entry.name)) continue;
    await look(join(folder, entry.name), found, depth + 1);
  }
}

async function nameOf(folder: string): Promise<string | null> {
  try {
    const summary = await readSummary(folder);
    if (!hasEnded(summary?.status)) return null;
    return runName(experimentOf((await readRun(folder)).config));
  } catch (error) {
    if (error instanceof RunError || error instanceof RangeError) return null;
    throw error;
  }
}
