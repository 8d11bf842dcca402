import { basename, dirname } from "node:path";
import { experimentOf, fingerprint, type ServedRun } from "@grok/train";

/** A run in the tree of runs and their forks. */
export interface Branch {
  run: ServedRun;
  /** How many forks it is away from a run that is none. */
  depth: number;
  /** The name of the run that it was forked from, if that is here. */
  parent: string | null;
}

/**
 * Runs as a tree, row by row: each fork stands under the run that it was made of. A run whose parent
 * is not among them, or has been replaced by another of its name, stands by itself.
 */
export async function lineageOf(runs: readonly ServedRun[]): Promise<Branch[]> {
  const parents = new Map<string, string>();
  for (const run of runs) {
    const parent = await parentOf(run, runs);
    if (parent !== null) parents.set(run.name, parent);
  }
  // Configs that were written by hand may name each other.
  for (const run of runs) {
    const above = new Set([run.name]);
    for (let at = parents.get(run.name); at !== undefined; at = parents.get(at)) {
      if (above.has(at)) parents.delete(run.name);
      above.add(at);
      if (!parents.has(run.name)) break;
    }
  }
  const branches: Branch[] = [];
  const add = (run: ServedRun, depth: number) => {
    const parent = parents.get(run.name) ?? null;
    branches.push({ run, depth, parent });
    for (const each of runs) if (parents.get(each.name) === run.name) add(each, depth + 1);
  };
  for (const run of runs) if (!parents.has(run.name)) add(run, 0);
  return branches;
}

/** The run that another one was forked from: of those of that name and experiment, the nearest. */
async function parentOf(run: ServedRun, runs: readonly ServedRun[]): Promise<string | null> {
  const origin = run.config?.forkedFrom;
  if (origin === undefined) return null;
  const named = runs.filter(({ name }) => basename(name) === origin.run && name !== run.name);
  const beside = (name: string) => (dirname(name) === dirname(run.name) ? 0 : 1);
  for (const { name, config } of named.sort((a, b) => beside(a.name) - beside(b.name))) {
    if (config === null) continue;
    if ((await fingerprint(experimentOf(config))) === origin.experiment) return name;
  }
  return null;
}
