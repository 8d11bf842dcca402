import type { Output, ProcessEnv } from "../process-env";
import { Region } from "./region";

/** What a live region shows now, for its room; null while there is nothing to show. */
export type LiveFrame = (room: Region) => readonly string[] | null;

/** A region that is drawn again by itself, and gives the terminal back when the process pauses or ends. */
export class LiveRegion {
  readonly #output: Output;
  readonly #region: Region;
  readonly #frame: LiveFrame;
  readonly #timer: NodeJS.Timeout;
  readonly #undo: (() => void)[];
  #isClosed = false;

  /** @param interval milliseconds between frames */
  constructor(
    processEnv: ProcessEnv,
    { output, interval, frame }: { output: Output; interval: number; frame: LiveFrame },
  ) {
    this.#output = output;
    this.#region = new Region(output);
    this.#frame = frame;
    this.#timer = setInterval(() => this.draw(), interval);
    this.#timer.unref();
    this.#undo = [
      processEnv.on("SIGTSTP", () => {
        this.#region.close();
        processEnv.pause();
      }),
      processEnv.on("SIGCONT", () => this.draw()),
      processEnv.onExit(() => this.#region.close()),
    ];
  }

  /** Draws now; nothing once it is closed. */
  draw(): void {
    if (this.#isClosed) return;
    const lines = this.#frame(this.#region);
    if (lines !== null) this.#region.draw(lines);
  }

  /** Writes whole lines above what is drawn; after `close`, as they are. */
  message(text: string): void {
    if (this.#isClosed) {
      this.#output.write(text);
      return;
    }
    this.#region.print(text);
    this.draw();
  }

  /** Draws for the last time and leaves the screen as a reader should find it. May be called again. */
  close(): void {
    if (this.#isClosed) return;
    clearInterval(this.#timer);
    for (const undo of this.#undo) undo();
    this.draw();
    this.#region.close();
    this.#isClosed = true;
  }
}
