import { type EvaluationRecord, experimentOf } from "@grok/train";
import { lineageOf } from "@grok/train/fork";
import type { ServedRun, ServedRunList } from "@grok/train/front-end";
import { describe } from "./describe";
import { GrowingRecords } from "./growing-records";
import { messageOf } from "./message";
import type { ServedEntry, ServedListing } from "./protocol";

/** How many of a run's checkpoints are copied: one to continue from, and one should that be torn. */
const copied = 2;

/** Runs whose records are kept, so that only what is new of them is fetched. */
const maxKept = 20;

/** The runs that the page's server has, which can be read only. */
export class ServedRuns {
  readonly #base: string;
  #version: string | null = null;
  #problem: string | null = null;
  #runs = new Map<string, ServedRun>();
  readonly #records = new Map<string, GrowingRecords>();

  /** @param base the address of their list, which ends in a slash */
  constructor(base: string) {
    this.#base = base;
  }

  /** Every run, the newest first, with branches under their parents; null if nothing has changed since this was asked. */
  async list(): Promise<ServedListing | null> {
    const since = this.#version === null ? "" : `?since=${this.#version}`;
    const response = await this.#ask(since);
    const list = (await response.json()) as ServedRunList;
    const { version, problem, runs, removed } = list;
    if (version === this.#version && problem === this.#problem) return null;
    // A server that was restarted gives all runs.
    if (list.since === null) this.#runs.clear();
    for (const name of removed) this.#runs.delete(name);
    for (const run of runs) this.#runs.set(run.name, run);
    this.#version = version;
    this.#problem = problem;
    const newestFirst = [...this.#runs.values()]
      .sort((a, b) => b.begun - a.begun || (a.name < b.name ? -1 : 1))
      .map((run) => ({ ...run, id: run.name }));
    const tree = await lineageOf(newestFirst);
    return { entries: tree.map(({ run, depth }) => entryOf(run, depth)), problem };
  }

  /** A run's evaluations so far, of which only those are fetched that were not there the last time. */
  records(name: string): Promise<EvaluationRecord[]> {
    const records = this.#records.get(name) ?? new GrowingRecords();
    // The one asked for last stays longest.
    this.#records.delete(name);
    this.#records.set(name, records);
    const [oldest] = this.#records.keys();
    if (this.#records.size > maxKept) this.#records.delete(oldest as string);
    return records.update((headers) => this.#ask(`${encoded(name)}/metrics.jsonl`, { headers }));
  }

  /** What a run needs to continue elsewhere: its files, of its checkpoints the newest. */
  async copy(name: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    const add = async (file: string) => {
      const bytes = await this.#read(name, file);
      if (bytes !== null) files.set(file, bytes);
      return bytes !== null;
    };
    await add("config.json");
    // What it is made of, which never changes: data files and the code of extensions.
    for (const file of await this.#files(name))
      if (/^(data|extensions)\//.test(file)) await add(file);
    // While the run trains, its checkpoints give way to newer ones.
    for (let attempt = 0; attempt < 5; attempt++) {
      const names = (await this.#files(name))
        .filter((file) => file.startsWith("checkpoints/"))
        .sort()
        .slice(-copied);
      const found = await Promise.all(names.map(add));
      if (names.length === 0 || found.includes(true)) break;
    }
    // After the checkpoints, so that it has every record up to them.
    for (const file of ["metrics.jsonl", "summary.json", "analysis.jsonl"]) await add(file);
    return files;
  }

  /** The names of a run's files. */
  async #files(name: string): Promise<string[]> {
    const response = await this.#ask(`${encoded(name)}/`);
    if (!response.ok) return [];
    return ((await response.json()) as { files: string[] }).files;
  }

  /** A file of a run; null if it has none of that name. */
  async #read(name: string, file: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const response = await this.#ask(`${encoded(name)}/${file}`);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  }

  /** Asks for a file, which may be missing (404), or a part of one that has no such part (416). */
  async #ask(path: string, { headers }: { headers?: HeadersInit } = {}): Promise<Response> {
    // The browser asks whether what it has is still so, and takes that if it is; parts it keeps not.
    const cache = headers === undefined ? "no-cache" : "no-store";
    const options = headers === undefined ? { cache } : { cache, headers };
    const response = await fetch(this.#base + path, options as RequestInit).catch((error) => {
      throw new Error("The server of this page does not answer.", { cause: error });
    });
    if (response.ok || response.status === 404 || response.status === 416) return response;
    const what = path === "" || path.startsWith("?") ? "its runs" : path;
    throw new Error(`The server of this page answers ${response.status} for ${what}.`);
  }
}

function encoded(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

function entryOf(served: ServedRun, depth: number): ServedEntry {
  const { name, begun, config, summary, last, isInUse, problem } = served;
  const origin = config?.forkedFrom;
  const branch = origin === undefined ? null : { of: origin.run, at: origin.step, depth };
  const id = `served:${name}`;
  const entry = { id, name, begun, parent: null, summary, last, isInUse, branch };
  if (config === null) return { ...entry, run: null, problem };
  try {
    const step = last?.step ?? 0;
    return { ...entry, run: { ...describe(experimentOf(config)), records: 0, step }, problem };
  } catch (error) {
    return { ...entry, run: null, problem: messageOf(error) };
  }
}
