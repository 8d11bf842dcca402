import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readCheckpoint } from "@grok/train/node";

/** Keys whose values are times, or follow from times. */
const times = new Set(["elapsed_sec", "elapsedSec", "metrics_sec", "metricsSec", "steps_per_sec"]);

/** Keys that say where a run comes from, not what it is. */
const origins = new Set(["forkedFrom"]);

/**
 * Compares two run folders byte for byte: which files there are, the config, every line of the
 * metrics, the summary, and of every checkpoint the weights, the optimizer's state and the rest.
 * Times, and what follows from times, are left out.
 *
 * @param from the step that the other run was forked at, if it is a fork: it has no checkpoints from
 *   before, and says where it comes from
 * @returns what differs, a phrase each; empty if nothing does
 */
export async function differencesBetween(
  folder: string,
  other: string,
  from?: number,
): Promise<string[]> {
  const [names, others] = (await Promise.all([filesOf(folder), filesOf(other)])).map((all) =>
    all.filter((name) => from === undefined || !isCheckpointBefore(name, from)),
  ) as [string[], string[]];
  const found: string[] = [];
  for (const name of names) if (!others.includes(name)) found.push(`${name} is missing`);
  for (const name of others) if (!names.includes(name)) found.push(`${name} is too many`);
  for (const name of names.filter((each) => others.includes(each))) {
    const [a, b] = await Promise.all([essence(join(folder, name)), essence(join(other, name))]);
    for (const [part, bytes] of a) {
      if (!bytes.equals(b.get(part) ?? Buffer.from("\0missing"))) {
        found.push(part === "" ? `${name} differs` : `${name}: ${part} differs`);
      }
    }
    if (b.size !== a.size) found.push(`${name} has ${b.size} parts, not ${a.size}`);
  }
  return found;
}

function isCheckpointBefore(name: string, step: number): boolean {
  const found = /^checkpoints.step-(\d+)\.safetensors$/.exec(name)?.[1];
  return found !== undefined && Number(found) < step;
}

async function filesOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** What of a file must be the same, by the names of its parts. */
async function essence(path: string): Promise<Map<string, Buffer>> {
  if (path.endsWith(".safetensors")) return checkpointEssence(path);
  const bytes = await readFile(path);
  if (path.endsWith(".jsonl")) {
    const lines = bytes.toString().split("\n");
    return new Map(lines.map((line, i) => [`line ${i + 1}`, Buffer.from(timeless(line))]));
  }
  const isJson = path.endsWith(".json");
  return new Map([["", isJson ? Buffer.from(timeless(bytes.toString())) : bytes]]);
}

async function checkpointEssence(path: string): Promise<Map<string, Buffer>> {
  const { parameters, optimizer, environment, ...rest } = await readCheckpoint(path);
  const parts = new Map([
    ["its progress", Buffer.from(timeless(JSON.stringify(rest)))],
    ["its environment", Buffer.from(JSON.stringify(environment ?? null))],
  ]);
  for (const [group, tensors] of Object.entries({ parameters, optimizer })) {
    for (const [name, { shape, data }] of tensors) {
      const { buffer, byteOffset, byteLength } = data;
      const bytes = Buffer.from(buffer, byteOffset, byteLength);
      const kind = `${data.constructor.name} ${shape.join("×")}\n`;
      parts.set(`${group}/${name}`, Buffer.concat([Buffer.from(kind), bytes]));
    }
  }
  return parts;
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** A JSON text without times; the text itself where it is no JSON. */
function timeless(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (key, value: unknown) => {
      if (times.has(key) || origins.has(key)) return undefined;
      // They are noted one by one, in whatever order.
      return key === "versions" ? Object.entries(value as object).sort(byName) : value;
    });
  } catch {
    return text;
  }
}
