import { experimentOf, type RunConfig } from "../run/config";
import { fingerprint } from "../run/fingerprint";

/** What a run's place among others follows from. */
export interface Lineal {
  /** What tells it from the others: its path, say. */
  readonly id: string;
  /** What it is called; of a path its last part counts. */
  readonly name: string;
  /** Null if it cannot be read. */
  readonly config: RunConfig | null;
  /** The id of the run that it was forked from, if that was noted. */
  readonly parent?: string | null;
}

/** A run in the tree of runs and their forks. */
export interface Branch<R extends Lineal = Lineal> {
  readonly run: R;
  /** How many forks it is away from a run that is none. */
  readonly depth: number;
  /** The id of the run that it was forked from, if that is here. */
  readonly parent: string | null;
}

/**
 * Runs as a tree, row by row: each fork stands under the run that it was made of. A run whose parent
 * is not among them stands by itself. What counts is the parent's experiment, by its fingerprint: of
 * several runs of it the one of that name, which is not a fork itself, in the same folder.
 */
export async function lineageOf<R extends Lineal>(runs: readonly R[]): Promise<Branch<R>[]> {
  const parents = await parentsOf(runs);
  // Configs that were written by hand may name each other.
  for (const { id } of runs) {
    const above = new Set([id]);
    for (let at = parents.get(id); at !== undefined; at = parents.get(at)) {
      if (above.has(at)) parents.delete(id);
      above.add(at);
      if (!parents.has(id)) break;
    }
  }
  const branches: Branch<R>[] = [];
  const add = (run: R, depth: number) => {
    branches.push({ run, depth, parent: parents.get(run.id) ?? null });
    for (const each of runs) if (parents.get(each.id) === run.id) add(each, depth + 1);
  };
  for (const run of runs) if (!parents.has(run.id)) add(run, 0);
  return branches;
}

/** The ids of forks' parents, by the forks'. */
async function parentsOf(runs: readonly Lineal[]): Promise<Map<string, string>> {
  const parents = new Map<string, string>();
  const identities = new Map<string, string>();
  const identityOf = async ({ id, config }: Lineal) => {
    const known = identities.get(id);
    if (known !== undefined || config === null) return known;
    const made = await fingerprint(experimentOf(config));
    identities.set(id, made);
    return made;
  };
  for (const run of runs) {
    const origin = run.config?.forkedFrom;
    if (origin === undefined) continue;
    if (runs.some(({ id }) => id === run.parent)) {
      parents.set(run.id, run.parent as string);
      continue;
    }
    const fit: Lineal[] = [];
    for (const other of runs) {
      if (other.id !== run.id && (await identityOf(other)) === origin.experiment) fit.push(other);
    }
    const strangeness = ({ id, name, config }: Lineal) =>
      4 * Number(partsOf(name).last !== origin.run) +
      2 * Number(config?.forkedFrom !== undefined) +
      Number(partsOf(id).folder !== partsOf(run.id).folder);
    const [nearest] = fit.sort((a, b) => strangeness(a) - strangeness(b));
    if (nearest !== undefined) parents.set(run.id, nearest.id);
  }
  return parents;
}

function partsOf(path: string): { folder: string; last: string } {
  const slash = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(0, slash)), last: path.slice(slash + 1) };
}
