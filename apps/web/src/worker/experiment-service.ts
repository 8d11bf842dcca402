import { addDataFile, dataReference, listPresets } from "@grok/train";
import { columnDescriptions, flagLimits } from "@grok/train/front-end";
import { experimentOfLink } from "@grok/train/link";
import type { Library } from "../storage/library";
import type { BackendManager } from "./backend-manager";
import { choiceTitles } from "./choice-titles";
import { dataNeedsOf, findInLibrary, needsText } from "./data-files";
import { describe } from "./describe";
import { extensionsHere, kindsHere, loadServedExtensions } from "./extensions";
import { messageOf } from "./message";
import type { Offer, Resolved } from "./protocol";
import { resolveFlags } from "./resolve";
import { roomProblem } from "./room";

/** What experiments there can be here: presets and flags, and what a choice of them gives. */
export class ExperimentService {
  readonly #library: Promise<Library>;
  readonly #backends: BackendManager;

  /** @param library where data files are kept */
  constructor(library: Promise<Library>, backends: BackendManager) {
    this.#library = library;
    this.#backends = backends;
  }

  /** Learns the parts of the extensions that the page's server was started with, at an address. */
  loadExtensions(address: string): Promise<void> {
    return loadServedExtensions(address);
  }

  /** @param allowSoftware whether a graphics adapter that computes on the processor will do */
  async offer(allowSoftware: boolean): Promise<Offer> {
    return {
      isIsolated: crossOriginIsolated,
      cores: navigator.hardwareConcurrency,
      backends: await this.#backends.list(allowSoftware),
      presets: listPresets(extensionsHere()),
      flags: kindsHere()
        .flags.filter(({ path }) => path !== null)
        .map((flag) => ({
          ...flag,
          limits: flagLimits(flag, kindsHere()),
          choiceTitles: choiceTitles(flag.choices),
        })),
      columns: columnDescriptions(extensionsHere()),
      storageProblem: (await this.#library).problem,
    };
  }

  /** Keeps a data file, for experiments that learn from it; how flags name it. */
  async addDataFile(
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<{ reference: string; sha256: string }> {
    const reference = await addDataFile(name, bytes);
    return { reference, sha256: dataReference(reference)?.sha256 ?? "" };
  }

  /** See {@link resolveFlags}. */
  resolve(preset: string, given: Record<string, string>, changed: string | null): Resolved {
    return resolveFlags(preset, given, changed);
  }

  /** The experiment that a link gives, or why there is none. */
  async follow(link: string): Promise<Resolved> {
    try {
      await findInLibrary(await this.#library, dataNeedsOf(link));
      const needs = dataNeedsOf(link);
      if (needs.length > 0) return { ok: false, error: needsText(needs), needs };
      // The device chooses the backend and the number of threads, even if a link names them.
      const experiment = {
        ...experimentOfLink(link, extensionsHere()),
        backend: "auto" as const,
        threads: null,
      };
      const problem = roomProblem(experiment);
      if (problem !== null) return { ok: false, error: problem };
      return { ok: true, dropped: [], ...describe(experiment) };
    } catch (error) {
      return { ok: false, error: messageOf(error) };
    }
  }
}
