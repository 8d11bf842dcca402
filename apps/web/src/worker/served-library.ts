import type { EvaluationRecord } from "@grok/train";
import { messageOf } from "./message";
import type { Imported, ServedListing } from "./protocol";
import { ServedRuns } from "./served-runs";

type Import = (
  name: string,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
) => Promise<Imported>;

/** The runs that the page's server has, and copies of them. */
export class ServedLibrary {
  readonly #import: Import;
  #runs: ServedRuns | undefined;

  /** @param bringIn brings a run's files into the page's own library */
  constructor(bringIn: Import) {
    this.#import = bringIn;
  }

  /** The runs that the page's server has below an address; null if nothing has changed. */
  list(base: string): Promise<ServedListing | null> {
    return this.#at(base).list();
  }

  /** The evaluations of a run of the page's server. */
  records(base: string, name: string): Promise<EvaluationRecord[]> {
    return this.#at(base).records(name);
  }

  /** Brings a copy of a run of the page's server into the library. */
  async import(base: string, name: string): Promise<Imported> {
    try {
      return await this.#import(name, await this.#at(base).copy(name));
    } catch (error) {
      return { ok: false, error: `${name} cannot be copied: ${messageOf(error)}` };
    }
  }

  #at(base: string): ServedRuns {
    this.#runs ??= new ServedRuns(base);
    return this.#runs;
  }
}
