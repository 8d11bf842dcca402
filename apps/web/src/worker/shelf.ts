import { type EvaluationRecord, experimentOf, inspectRun, packRun } from "@grok/train";
import { transfer } from "comlink";
import type { Library } from "../storage/library";
import { describe } from "./describe";
import { importRun } from "./import-run";
import { messageOf } from "./message";
import type { Imported, RunEntry } from "./protocol";
import { readStoredRun } from "./stored-run";

/** The runs that are kept, as the page lists them, brings them in and takes them away. */
export class Shelf {
  readonly library: Promise<Library>;

  constructor(library: Promise<Library>) {
    this.library = library;
  }

  /** Every run, the newest first. */
  async list(): Promise<RunEntry[]> {
    const library = await this.library;
    const labels = await library.list();
    return Promise.all(
      labels.map(async (label): Promise<RunEntry> => {
        try {
          const { config, records, summary, checkpoints } = await readStoredRun(
            await library.read(label.id),
          );
          const experiment = experimentOf(config);
          const step = Math.max(records.at(-1)?.step ?? 0, checkpoints.at(-1)?.step ?? 0);
          const run = { ...describe(experiment), records: records.length, step };
          return { ...label, run, summary, problem: null };
        } catch (error) {
          return { ...label, run: null, summary: null, problem: messageOf(error) };
        }
      }),
    );
  }

  /** A run's evaluations. */
  async records(id: string): Promise<EvaluationRecord[]> {
    return (await readStoredRun(await (await this.library).read(id))).records;
  }

  /** Brings in a run from a ZIP archive, or from a folder's files by their names. */
  async import(
    name: string,
    source: Uint8Array<ArrayBuffer> | ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    onFull: (error: unknown) => void,
  ): Promise<Imported> {
    try {
      return { ok: true, ...(await importRun(await this.library, name, source, onFull)) };
    } catch (error) {
      return { ok: false, error: `${name} cannot be opened: ${messageOf(error)}` };
    }
  }

  /**
   * A run's folder as a ZIP archive.
   *
   * @throws RunError if it is not whole, as nobody could open it then
   */
  async export(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const files = await (await this.library).files(id);
    await inspectRun(files);
    const bytes = packRun(files);
    return transfer(bytes, [bytes.buffer]);
  }
}
