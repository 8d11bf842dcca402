import { decodeMetrics, type EvaluationRecord, experimentOf, type ServedRun } from "@grok/train";
import { describe } from "./describe";
import { messageOf } from "./message";
import type { ServedEntry } from "./protocol";

/** How many of a run's checkpoints are copied: one to go on from, and one should that be torn. */
const copied = 2;

/** The runs that the page's server has, which can be read only. */
export class ServedRuns {
  readonly #base: string;
  #tag: string | null = null;

  /** @param base the address of their list, which ends in a slash */
  constructor(base: string) {
    this.#base = base;
  }

  /** Every run, the newest first; null where nothing has changed since this was asked. */
  async list(): Promise<ServedEntry[] | null> {
    const response = await this.#ask("");
    const tag = response.headers.get("etag");
    if (tag !== null && tag === this.#tag) return null;
    const { runs } = (await response.json()) as { runs: ServedRun[] };
    this.#tag = tag;
    return runs.map(entryOf);
  }

  /** A run's evaluations so far. */
  async records(name: string): Promise<EvaluationRecord[]> {
    const bytes = await this.#read(name, "metrics.jsonl");
    return decodeMetrics(new TextDecoder().decode(bytes ?? undefined)).lines.map(
      ({ record }) => record,
    );
  }

  /** What a run needs to go on elsewhere: its files, of its checkpoints the newest. */
  async copy(name: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    const add = async (file: string) => {
      const bytes = await this.#read(name, file);
      if (bytes !== null) files.set(file, bytes);
      return bytes !== null;
    };
    await add("config.json");
    // While the run goes on, its checkpoints give way to newer ones.
    for (let attempt = 0; attempt < 5; attempt++) {
      const names = await this.#checkpoints(name);
      const found = await Promise.all(names.map(add));
      if (names.length === 0 || found.includes(true)) break;
    }
    // After the checkpoints, so that it has every record up to them.
    for (const file of ["metrics.jsonl", "summary.json", "analysis.jsonl"]) await add(file);
    return files;
  }

  async #checkpoints(name: string): Promise<string[]> {
    const { files } = (await (await this.#ask(`${encoded(name)}/`)).json()) as { files: string[] };
    return files
      .filter((file) => file.startsWith("checkpoints/"))
      .sort()
      .slice(-copied);
  }

  /** A file of a run; null where it has none of that name. */
  async #read(name: string, file: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const response = await this.#ask(`${encoded(name)}/${file}`, true);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  }

  async #ask(path: string, mayMiss = false): Promise<Response> {
    // The browser asks whether what it has is still so, and takes that where it is.
    const response = await fetch(this.#base + path, { cache: "no-cache" }).catch((error) => {
      throw new Error("The server of this page does not answer.", { cause: error });
    });
    if (response.ok || (mayMiss && response.status === 404)) return response;
    throw new Error(
      `The server of this page answers ${response.status} for ${path || "its runs"}.`,
    );
  }
}

function encoded(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

function entryOf({ name, begun, config, summary, last, isInUse, problem }: ServedRun): ServedEntry {
  const entry = { id: `served:${name}`, name, begun, summary, last, isInUse };
  if (config === null) return { ...entry, run: null, problem };
  try {
    const step = last?.step ?? 0;
    return { ...entry, run: { ...describe(experimentOf(config)), records: 0, step }, problem };
  } catch (error) {
    return { ...entry, run: null, problem: messageOf(error) };
  }
}
