import { messageOf } from "./message";
import type { SessionEvent, Told } from "./protocol";

/** Tells the page what happens, and what it is about. */
export class Teller {
  #listener: (told: Told) => void = () => {};
  #course = 0;

  /** Counts what was shown; see `course` of `Opened`. */
  get course(): number {
    return this.#course;
  }

  /** Who hears it; there is one. */
  listen(listener: (told: Told) => void): void {
    this.#listener = listener;
  }

  /** From here on it is about something else. */
  turn(): void {
    this.#course++;
  }

  tell(event: SessionEvent): void {
    this.#listener({ course: this.#course, event });
  }

  /** Tells that the browser keeps no more. */
  tellFull(error: unknown): void {
    this.tell({
      type: "notice",
      text: `The browser's storage takes no more (${messageOf(error)}). The run goes on, but what follows is lost when the page is closed: export it, or delete runs.`,
    });
  }
}
