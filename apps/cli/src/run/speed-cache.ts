import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { availableParallelism, homedir, hostname } from "node:os";
import { join } from "node:path";
import { canonicalJson, type Experiment } from "@grok/train";
import type { World } from "../world";

/** Steps per second by backend, and when they were measured. */
export interface MeasuredSpeeds {
  date: string;
  speeds: Record<string, number>;
}

/** Machines and shapes that are remembered at most. */
const mostEntries = 500;

function cacheFile(env: World["env"]): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "grok", "speeds.json");
}

/** What speeds depend on: the machine, its adapter, the versions, and the step's shape. */
export function speedKey(
  { task, model, optimizer, training, shortcuts, threads }: Experiment,
  adapter: string,
): string {
  const { batch, loss } = training;
  const machine = [hostname(), availableParallelism(), process.version, adapter];
  const step = { task, model, optimizer, batch, loss, shortcuts, threads };
  return createHash("sha256").update(canonicalJson({ machine, step })).digest("hex").slice(0, 32);
}

async function readAll(env: World["env"]): Promise<Record<string, MeasuredSpeeds>> {
  try {
    const found: unknown = JSON.parse(await readFile(cacheFile(env), "utf8"));
    return typeof found === "object" && found !== null
      ? (found as Record<string, MeasuredSpeeds>)
      : {};
  } catch {
    // Not there, or not whole: it will be measured again.
    return {};
  }
}

/** Speeds that were measured before; undefined where none were. */
export async function rememberedSpeeds(
  key: string,
  env: World["env"],
): Promise<MeasuredSpeeds | undefined> {
  const found = (await readAll(env))[key];
  const isWhole =
    typeof found?.date === "string" &&
    typeof found.speeds === "object" &&
    Object.values(found.speeds).every((speed) => Number.isFinite(speed) && speed > 0);
  return isWhole ? found : undefined;
}

/** Remembers speeds; a cache that cannot be written is no reason not to train. */
export async function rememberSpeeds(
  key: string,
  measured: MeasuredSpeeds,
  env: World["env"],
): Promise<void> {
  const file = cacheFile(env);
  const entries = Object.entries({ ...(await readAll(env)), [key]: measured });
  try {
    await mkdir(join(file, ".."), { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, JSON.stringify(Object.fromEntries(entries.slice(-mostEntries))));
    await rename(unfinished, file);
  } catch {
    // It will be measured again.
  }
}
