/** Asks for a function to be called before the next frame is drawn. */
export type RequestFrame = (frame: () => void) => void;

/** Lets those who ask draw one after the other, one a frame, so that no frame waits for all of them. */
export class Turns {
  readonly #request: RequestFrame;
  readonly #waiting = new Map<object, () => void>();

  constructor(request: RequestFrame = (frame) => requestAnimationFrame(frame)) {
    this.#request = request;
  }

  /** Calls `draw` in a frame to come. Who waits already keeps its place, and draws only once. */
  ask(who: object, draw: () => void): void {
    const isFirst = this.#waiting.size === 0;
    this.#waiting.set(who, draw);
    if (isFirst) this.#request(() => this.#next());
  }

  /** Waits no more. */
  leave(who: object): void {
    this.#waiting.delete(who);
  }

  #next(): void {
    const [turn] = this.#waiting;
    if (turn === undefined) return;
    const [who, draw] = turn;
    this.#waiting.delete(who);
    // Before it draws, as what it does may ask again.
    if (this.#waiting.size > 0) this.#request(() => this.#next());
    draw();
  }
}
