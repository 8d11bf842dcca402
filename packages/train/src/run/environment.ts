import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { version } from "../../package.json";
import { printable } from "../experiment/printable";

/** What computes a run, as far as its bytes may depend on it. */
export const environmentSchema = z.object({
  /** The tfjs backend. */
  backend: z.string(),
  /** How the backend's kernels round, where builds of them differ: `fused`, say. */
  arithmetic: z.string().optional(),
  /** Versions by package, and of the engine. */
  versions: z.record(z.string(), z.string()),
});

/** What computes a run, as far as its bytes may depend on it. */
export type Environment = z.infer<typeof environmentSchema>;

/**
 * The environment as far as this package knows it: tfjs's current backend, tfjs's version and its
 * own.
 *
 * @param more what else the caller knows; it goes before
 */
export function environmentOf(more: Partial<Environment> = {}): Environment {
  const versions = { "@grok/train": version, "@tensorflow/tfjs-core": tf.version_core };
  return { backend: tf.getBackend(), ...more, versions: { ...versions, ...more.versions } };
}

/** Packages whose code decides numbers; what only shows or starts runs does not. */
const computing = /^@tensorflow\/|^@grok\/(backend|data|metrics|models|ops|optim|train)$/;

/**
 * What differs between two environments that may change a run's numbers, as `node 22 → 24`. Threads
 * and the processor never do. Of the engine only the first number counts, as its mathematical
 * functions change with that alone. What only one of them names is no difference.
 */
export function differencesOf(before: Environment, now: Environment): string[] {
  const found: string[] = [];
  const compare = (what: string, from: string | undefined, to: string | undefined) => {
    if (!from || !to || from === to) return;
    found.push(`${printable(what)} ${printable(from)} → ${printable(to)}`);
  };
  compare("backend", before.backend, now.backend);
  if (before.backend === now.backend) compare("arithmetic", before.arithmetic, now.arithmetic);
  for (const [name, version] of Object.entries(before.versions)) {
    const other = now.versions[name];
    if (name === "node") compare(name, major(version), major(other));
    else if (computing.test(name)) compare(name, version, other);
  }
  return found;
}

function major(version: string | undefined): string | undefined {
  return version?.split(".")[0];
}

/** Whether two environments are the same in all that they say. */
export function isSameEnvironment(one: Environment, other: Environment): boolean {
  const text = ({ backend, arithmetic, versions }: Environment) =>
    JSON.stringify([
      backend,
      arithmetic,
      Object.entries(versions).sort(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return text(one) === text(other);
}
