import { type ReadonlySignal, signal } from "@preact/signals";

/** How long a replay takes, and how many pictures it has where motion is to be reduced. */
const seconds = 12;
const stills = 10;

/** Shows the states of a run one after the other. */
export interface Replay {
  readonly isPlaying: ReadonlySignal<boolean>;
  /** Begins at a step, or at the first one where that is the last. */
  play(steps: readonly number[], from: number | null): void;
  stop(): void;
}

/** What a replay needs of the page. */
export interface ReplayClock {
  readonly prefersLessMotion: () => boolean;
  readonly request: (frame: (milliseconds: number) => void) => number;
  readonly cancel: (id: number) => void;
}

const pageClock: ReplayClock = {
  prefersLessMotion: () => matchMedia("(prefers-reduced-motion: reduce)").matches,
  request: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
};

/**
 * A replay that goes through all steps in twelve seconds, however many there are, and then shows the
 * newest. Where less motion is preferred it shows ten stills instead.
 *
 * @param show is called with each step, and with null at the end
 */
export function createReplay(
  show: (step: number | null) => void,
  clock: ReplayClock = pageClock,
): Replay {
  const isPlaying = signal(false);
  let request = 0;
  const stop = () => {
    clock.cancel(request);
    isPlaying.value = false;
  };
  return {
    isPlaying,
    stop,
    play(steps, from) {
      stop();
      if (steps.length < 2) return;
      const last = steps.length - 1;
      const at = from === null ? last : steps.findLastIndex((step) => step <= from);
      const first = at >= last ? 0 : Math.max(0, at);
      const isCoarse = clock.prefersLessMotion();
      let began: number | undefined;
      let shown = -1;
      isPlaying.value = true;
      const frame = (now: number) => {
        began ??= now;
        const passed = (now - began) / 1000 / seconds;
        const coarse = Math.floor(passed * stills) / stills;
        const index = Math.min(last, first + Math.floor((isCoarse ? coarse : passed) * (last + 1)));
        if (index >= last) {
          isPlaying.value = false;
          show(null);
          return;
        }
        if (index !== shown) show(steps[index] as number);
        shown = index;
        request = clock.request(frame);
      };
      request = clock.request(frame);
    },
  };
}
