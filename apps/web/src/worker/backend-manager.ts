import {
  type BackendChoice,
  type BackendReport,
  DeviceError,
  listBackends,
  stopBackend,
} from "@grok/backend";
import type { Environment, Experiment, Recovery } from "@grok/train";
import { fastestBackend } from "@grok/train/front-end";
import { startBackend, usualThreads } from "./backend";
import type { EventEmitter } from "./event-emitter";
import { messageOf } from "./message";
import type { BackendRequest } from "./protocol";
import { speedMemory } from "./speed-memory";

/** Chooses and starts the backend that the page trains on. */
export class BackendManager {
  readonly #emitter: EventEmitter;
  #request: BackendRequest = { name: "auto", threads: null };
  #choice: BackendChoice | undefined;
  #allowSoftware = false;
  /** The experiment that the backend was chosen for by measuring, and why it was. */
  #measured: { experiment: Experiment; reason: string } | undefined;
  /** A device that was lost twice is not chosen again. */
  #mayTryDevice = true;

  constructor(emitter: EventEmitter) {
    this.#emitter = emitter;
  }

  /** The backend, which is started if it is not running yet. */
  async ready(): Promise<BackendChoice> {
    return this.#choice ?? (await this.#start());
  }

  /**
   * What computes an experiment. Where that is left to the page and a graphics adapter is here, the
   * experiment is tried for a moment on that and on the processor, and the faster one is taken.
   */
  async readyFor(experiment: Experiment): Promise<BackendChoice> {
    const current = await this.ready();
    if (this.#request.name !== "auto" || !this.#mayTryDevice) return current;
    if (this.#measured?.experiment === experiment) return current;
    const here = await listBackends({ allowSoftware: this.#allowSoftware });
    const device = here.find(({ name }) => name === "webgpu");
    if (device?.available !== true) return current;
    const { userAgent, hardwareConcurrency } = navigator;
    const fastest = await fastestBackend(experiment, {
      backends: ["webgpu", "wasm"] as const,
      machine: [userAgent, hardwareConcurrency, usualThreads(), device.reason],
      memory: speedMemory,
      start: (name) => startBackend({ name, threads: null }, this.#allowSoftware),
    });
    if (fastest?.name !== "webgpu") await stopBackend();
    if (fastest === undefined) return this.#start();
    const { name, reason } = fastest;
    try {
      const backend = await this.#start({ name, threads: null }, `Automatic: ${reason}.`);
      this.#measured = { experiment, reason };
      return backend;
    } catch {
      // A device that was there when speeds were remembered may not start now.
      return this.#start();
    }
  }

  /** Why the backend was chosen, where that was measured: for the summary of a run. */
  get measured(): string | undefined {
    return this.#measured?.reason;
  }

  /** Tells what computes, where that is known. */
  announce(): void {
    if (this.#choice !== undefined) this.#emitter.emit({ type: "backend", backend: this.#choice });
  }

  /** The version of the browser, which the page adds to the environment that the trainer records. */
  get environment(): Pick<Environment, "versions"> {
    return { versions: { browser: navigator.userAgent } };
  }

  /** What is here; a graphics adapter that computes on the processor counts only where it is asked for. */
  list(allowSoftware: boolean): Promise<BackendReport[]> {
    this.#allowSoftware = allowSoftware;
    return listBackends({ allowSoftware });
  }

  /**
   * What a run continues with whose graphics device was lost: a new one, and, if there is none or that
   * is lost too, the fastest that is here. Null for other errors.
   */
  recovery(): (error: unknown) => Promise<Recovery | null> {
    let isFirst = true;
    return async (error) => {
      if (!(error instanceof DeviceError)) return null;
      if (isFirst) await this.use({ name: "webgpu", threads: null });
      else {
        this.#mayTryDevice = false;
        await this.use({ name: "auto", threads: null });
      }
      isFirst = false;
      const { threads } = await this.ready();
      return { environment: this.environment, threads };
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
      this.#emitter.emit({ type: "error", text: messageOf(error) });
    }
  }

  async #start(request = this.#request, why?: string): Promise<BackendChoice> {
    this.#choice = undefined;
    this.#measured = undefined;
    const backend = await startBackend(request, this.#allowSoftware, why);
    this.#choice = backend;
    this.announce();
    return backend;
  }
}
