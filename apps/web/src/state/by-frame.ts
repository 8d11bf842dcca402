/** What {@link byFrame} needs of the page. */
export interface Frames {
  readonly isHidden: () => boolean;
  readonly request: (frame: () => void) => void;
  readonly later: (turn: () => void, milliseconds: number) => void;
  /** Calls when the page is hidden or shown again. */
  readonly onChange: (changed: () => void) => void;
}

const pageFrames: Frames = {
  isHidden: () => document.hidden,
  request: (frame) => requestAnimationFrame(frame),
  later: (turn, milliseconds) => setTimeout(turn, milliseconds),
  onChange: (changed) => document.addEventListener("visibilitychange", changed),
};

/** Milliseconds between two deliveries to a hidden page; browsers make them a second or a minute. */
const hiddenMs = 200;

/**
 * Collects what comes within a frame. A hidden page has no frames: what waited for one when it was
 * hidden is delivered then, and what comes after, from time to time.
 */
export function byFrame<T>(
  flush: (items: T[]) => void,
  frames: Frames = pageFrames,
): (item: T) => void {
  let waiting: T[] = [];
  const deliver = () => {
    const items = waiting;
    waiting = [];
    if (items.length > 0) flush(items);
  };
  frames.onChange(deliver);
  return (item) => {
    if (waiting.push(item) > 1) return;
    if (frames.isHidden()) frames.later(deliver, hiddenMs);
    else frames.request(deliver);
  };
}
