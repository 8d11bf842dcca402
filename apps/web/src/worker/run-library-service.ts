import { type EvaluationRecord, experimentOf, type StoredRun } from "@grok/train";
import { inspectRun, packRun } from "@grok/train/archive";
import { forkDifference, type Lineal, lineageOf } from "@grok/train/fork";
import { transfer } from "comlink";
import { scenesOf } from "../network/scenes-of";
import type { Library, RunLabel } from "../storage/library";
import { describe } from "./describe";
import { extensionsHere, unreadyFor } from "./extensions";
import { importRun } from "./import-run";
import { messageOf } from "./message";
import type { Imported, ParentRun, RunEntry } from "./protocol";
import { readStoredRun } from "./stored-run";
import { readViews } from "./view-log";
import { Views } from "./views";

/** A run of the library as far as it could be read. */
type Read = Lineal & { label: RunLabel } & (
    | { run: StoredRun; problem: null }
    | { run: null; problem: string }
  );

/** The runs that are kept, as the page lists them, brings them in and takes them away. */
export class RunLibraryService {
  readonly #library: Promise<Library>;
  readonly #onFull: (error: unknown) => void;

  /** @param onFull hears that the browser's storage takes nothing more */
  constructor(library: Promise<Library>, onFull: (error: unknown) => void) {
    this.#library = library;
    this.#onFull = onFull;
  }

  /** Every run, the newest first, and branches under the run that they were made of. */
  async list(): Promise<RunEntry[]> {
    const tree = await lineageOf(await this.#readAll());
    return tree.map(({ run: read, depth }): RunEntry => {
      const { label, run, problem, config } = read;
      const origin = config?.forkedFrom;
      const branch = origin === undefined ? null : { of: origin.run, at: origin.step, depth };
      if (run === null) return { ...label, run: null, summary: null, problem, branch };
      const { records, summary, checkpoints } = run;
      const step = Math.max(records.at(-1)?.step ?? 0, checkpoints.at(-1)?.step ?? 0);
      const described = describe(experimentOf(run.config));
      return {
        ...label,
        run: { ...described, records: records.length, step },
        summary,
        problem: null,
        branch,
      };
    });
  }

  async #readAll(): Promise<Read[]> {
    const library = await this.#library;
    return Promise.all(
      (await library.list()).map(async (label): Promise<Read> => {
        try {
          const run = await readStoredRun(await library.read(label.id));
          return { ...label, label, config: run.config, run, problem: null };
        } catch (error) {
          return { ...label, label, config: null, run: null, problem: messageOf(error) };
        }
      }),
    );
  }

  /**
   * The run that a run was branched from.
   *
   * @param views takes what is kept of its inside
   * @returns null if it was not branched from one, or that is not here
   */
  async parentOf(id: string, run: StoredRun, views: Views): Promise<ParentRun | null> {
    const origin = run.config.forkedFrom;
    if (origin === undefined) return null;
    const tree = await lineageOf(await this.#readAll());
    const parent = tree.find((each) => each.run.id === id)?.parent ?? null;
    const found = tree.find((each) => each.run.id === parent)?.run;
    if (found === undefined || found.run === null) return null;
    const experiment = experimentOf(found.run.config);
    if (unreadyFor(experiment) !== null) return null;
    await readViews(await (await this.#library).read(found.id), views);
    const own = experimentOf(run.config);
    return {
      id: found.id,
      name: found.label.name,
      at: origin.step,
      difference: forkDifference(own, experiment, origin.step, extensionsHere()),
      records: found.run.records,
      training: experiment.training,
      scenes: scenesOf(experiment),
      traces: views.traces,
      view: views.last,
    };
  }

  /** A run's evaluations. */
  async records(id: string): Promise<EvaluationRecord[]> {
    return (await readStoredRun(await (await this.#library).read(id))).records;
  }

  /** Brings in a run from a ZIP archive, or from a folder's files by their names. */
  async import(
    name: string,
    source: Uint8Array<ArrayBuffer> | ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  ): Promise<Imported> {
    try {
      return { ok: true, ...(await importRun(await this.#library, name, source, this.#onFull)) };
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
    const files = await (await this.#library).files(id);
    await inspectRun(files);
    const bytes = packRun(files);
    return transfer(bytes, [bytes.buffer]);
  }
}
