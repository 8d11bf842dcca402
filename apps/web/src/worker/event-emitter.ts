import { messageOf } from "./message";
import type { SessionEvent, Told } from "./protocol";

/** Tells the page what happens, and what it is about. */
export class EventEmitter {
  #listener: (told: Told) => void = () => {};
  #generation = 0;

  /** Counts what was shown; see `generation` of `Opened`. */
  get generation(): number {
    return this.#generation;
  }

  /** Who hears it; there is one. */
  listen(listener: (told: Told) => void): void {
    this.#listener = listener;
  }

  /** From here on it is about something else. */
  turn(): void {
    this.#generation++;
  }

  emit(event: SessionEvent): void {
    this.#listener({ generation: this.#generation, event });
  }

  /** Tells that the browser keeps no more. */
  emitStorageFull(error: unknown): void {
    this.emit({
      type: "notice",
      text: `The browser's storage takes no more (${messageOf(error)}). The run continues, but what follows is lost when the page is closed: export it, or delete runs.`,
    });
  }
}
