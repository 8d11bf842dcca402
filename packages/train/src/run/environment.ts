import { arithmetic, backendFacts } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import { version } from "../../package.json";
import { printable } from "../experiment/printable";
import { engines, engineVersions } from "./engine";

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
 * What computes now: tfjs's current backend, how that rounds and what it is made of, the engine, and
 * the versions of tfjs and of this package.
 *
 * @param more what else the caller knows, such as versions of other packages; what is found out here
 * wins over it
 * @throws Error if no tfjs backend is registered
 */
export async function environmentOf(more: Partial<Environment> = {}): Promise<Environment> {
  // A backend that was only imported is not yet the current one.
  await tf.ready();
  const { versions, device } = backendFacts();
  const rounding = await arithmetic();
  return {
    ...more,
    backend: tf.getBackend(),
    // Graphics devices differ in more than how they round.
    arithmetic: device === undefined ? rounding : `${rounding}, ${device}`,
    versions: mergedVersions(more.versions ?? {}, {
      ...engineVersions(),
      "@grok/train": version,
      "@tensorflow/tfjs-core": tf.version_core,
      ...versions,
    }),
  };
}

/** Versions that are known of before and those of now, which win; there is one engine at a time. */
export function mergedVersions(
  before: Environment["versions"],
  now: Environment["versions"],
): Environment["versions"] {
  const hasEngine = engines.some((name) => now[name] !== undefined);
  const kept = Object.entries(before).filter(
    ([name]) => !hasEngine || !(engines as readonly string[]).includes(name),
  );
  return { ...Object.fromEntries(kept), ...now };
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
  const [engineBefore, engineNow] = [engineOf(before), engineOf(now)];
  if (engineBefore !== engineNow && engineBefore !== null && engineNow !== null) {
    const from = printable(engineBefore);
    // "node 22 → 24", and "node 24 → bun 1".
    found.push(`${from} → ${printable(withoutSameName(engineBefore, engineNow))}`);
  }
  for (const [name, version] of Object.entries(before.versions)) {
    const other = now.versions[name];
    if (computing.test(name)) compare(name, version, other);
  }
  return found;
}

/** The engine with the first number of its version, as `node 24`; null if none is named. */
function engineOf({ versions }: Environment): string | null {
  const name = engines.find((each) => versions[each] !== undefined);
  return name === undefined ? null : `${name} ${versions[name]?.split(".")[0]}`;
}

function withoutSameName(before: string, now: string): string {
  const [name, number] = now.split(" ");
  return before.startsWith(`${name} `) ? (number as string) : now;
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
