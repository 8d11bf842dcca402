import type { ProcessEnv } from "../process-env";
import { status } from "../status";

/** Notices within this many milliseconds are one wish: a terminal and a parent may both pass it on. */
const echo = 250;

/** Milliseconds from the wish to stop in which figures are still drawn; two seconds are all there is. */
const patience = 1000;

/** A wish to stop: the first asks, the second insists. */
export interface Interrupt {
  /** Aborted at the first wish. */
  readonly signal: AbortSignal;
  /** Whether the first wish was so long ago that only what must be done is. */
  readonly isPressing: boolean;
  /** Is called at the first wish. */
  onFirst: () => void;
  /** Is called before the process ends at once, at the second. */
  onSecond: () => void;
  /** Leaves notices to their default action again. */
  release(): void;
}

/**
 * Turns Ctrl-C, a request to terminate and the end of the terminal into an orderly stop. The second
 * ends the process at once with status 130.
 */
export function listenForInterrupt(
  processEnv: ProcessEnv,
  now: () => number = Date.now,
): Interrupt {
  const controller = new AbortController();
  let first: number | undefined;
  const stop = () => {
    if (first === undefined) {
      first = now();
      interrupt.onFirst();
      controller.abort();
    } else if (now() - first > echo) {
      interrupt.onSecond();
      processEnv.exit(status.interrupted);
    }
  };
  const undo = [
    processEnv.on("SIGINT", stop),
    processEnv.on("SIGTERM", stop),
    processEnv.on("SIGHUP", stop),
    processEnv.onBrokenPipe(() => first === undefined && stop()),
  ];
  const interrupt: Interrupt = {
    signal: controller.signal,
    get isPressing() {
      return first !== undefined && now() - first > patience;
    },
    onFirst: () => {},
    onSecond: () => {},
    release() {
      for (const each of undo) each();
    },
  };
  return interrupt;
}
