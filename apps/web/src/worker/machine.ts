import { arithmetic, type BackendChoice } from "@grok/backend";
import type { Environment } from "@grok/train";
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

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** What computes, started where it is not yet. */
  async ready(): Promise<BackendChoice> {
    return this.#choice ?? (await this.#start());
  }

  /** What computes, as runs and their checkpoints name it. */
  async environment(): Promise<Environment> {
    await this.ready();
    return this.#environment as Environment;
  }

  /** Computes on another backend from here on; where it cannot be had, on the one before, and says so. */
  async use(request: BackendRequest): Promise<void> {
    const before = this.#request;
    this.#request = request;
    try {
      await this.#start();
    } catch (error) {
      this.#request = before;
      await this.#start();
      this.#teller.tell({ type: "error", text: messageOf(error) });
    }
  }

  async #start(): Promise<BackendChoice> {
    this.#choice = undefined;
    const backend = await startBackend(this.#request);
    this.#environment = {
      backend: backend.name,
      arithmetic: await arithmetic(),
      versions: { browser: navigator.userAgent },
    };
    this.#choice = backend;
    this.#teller.tell({ type: "backend", backend });
    return backend;
  }
}
