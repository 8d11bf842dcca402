import {
  arithmetic,
  type BackendChoice,
  type BackendReport,
  DeviceError,
  listBackends,
} from "@grok/backend";
import type { Environment, Recovery } from "@grok/train";
import { startBackend } from "./backend";
import { messageOf } from "./message";
import type { BackendRequest } from "./protocol";
import type { Teller } from "./teller";

/** What computes. */
export class Machine {
  readonly #teller: Teller;
  #request: BackendRequest = { name: "auto", threads: null };
  #choice: BackendChoice | undefined;
  #environment: Environment | undefined;
  #allowSoftware = false;

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** What computes, started where it is not yet. */
  async ready(): Promise<BackendChoice> {
    return this.#choice ?? (await this.#start());
  }

  /** Tells what computes, where that is known. */
  announce(): void {
    if (this.#choice !== undefined) this.#teller.tell({ type: "backend", backend: this.#choice });
  }

  /** What computes, as runs and their checkpoints name it. */
  async environment(): Promise<Environment> {
    await this.ready();
    return this.#environment as Environment;
  }

  /** What is here; a graphics adapter that computes on the processor counts only where it is asked for. */
  list(allowSoftware: boolean): Promise<BackendReport[]> {
    this.#allowSoftware = allowSoftware;
    return listBackends({ allowSoftware });
  }

  /**
   * What a run goes on with whose graphics device was lost: a new one, and, where there is none or that
   * is lost too, the fastest that is here. Null for other errors.
   */
  recovery(): (error: unknown) => Promise<Recovery | null> {
    let isFirst = true;
    return async (error) => {
      if (!(error instanceof DeviceError)) return null;
      if (isFirst) await this.use({ name: "webgpu", threads: null });
      else await this.use({ name: "auto", threads: null });
      isFirst = false;
      const { threads } = await this.ready();
      return { environment: await this.environment(), threads };
    };
  }

  /** Computes on another backend from here on; where it cannot be had, on the one before, and says so. */
  async use(request: BackendRequest): Promise<void> {
    const before = this.#request;
    this.#request = request;
    try {
      await this.#start();
    } catch (error) {
      // What was asked for before may be gone, too, as a lost graphics device is.
      this.#request = before.name === "webgpu" ? { name: "auto", threads: null } : before;
      await this.#start();
      this.#teller.tell({ type: "error", text: messageOf(error) });
    }
  }

  async #start(): Promise<BackendChoice> {
    this.#choice = undefined;
    const backend = await startBackend(this.#request, this.#allowSoftware);
    this.#environment = {
      backend: backend.name,
      arithmetic: await arithmetic(),
      versions: { browser: navigator.userAgent },
    };
    this.#choice = backend;
    this.announce();
    return backend;
  }
}
