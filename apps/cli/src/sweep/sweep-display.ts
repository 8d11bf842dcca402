import type { RunState } from "@grok/sweep";
import type { Output, ProcessEnv } from "../process-env";
import { count, duration } from "../quantity";
import { LiveRegion } from "../terminal/live-region";
import type { Region } from "../terminal/region";
import { styleFor } from "../terminal/style";
import { settingsText } from "./settings-text";
import { sweepFrame } from "./sweep-frame";
import type { SweepStatus } from "./sweep-status";

/** Milliseconds between frames; runs in other processes tell of themselves four times a second. */
const interval = 250;

/** Shows a sweep in progress. */
export interface SweepDisplay {
  /** A run has ended. */
  ended(run: RunState): void;
  /** Says something in words; whole lines. */
  message(text: string): void;
  /** Leaves the screen as a reader should find it. May be called again. */
  close(): void;
}

/**
 * The display that fits: on a terminal a live table, else a line per run that ends; with `json`, runs
 * on stdout and all else on stderr.
 */
export function chooseSweepDisplay(
  sweepStatus: SweepStatus,
  processEnv: ProcessEnv,
  { json }: { json: boolean },
): SweepDisplay {
  const output = json ? processEnv.stderr : processEnv.stdout;
  const isTerminal = (each: Output) => each.isTTY === true && processEnv.env.TERM !== "dumb";
  // Records among the frames of a live display would tear it.
  const isLive = isTerminal(output) && !(json && isTerminal(processEnv.stdout));
  const display = isLive
    ? new LiveTable(sweepStatus, processEnv, output)
    : new SweepLines(sweepStatus, output, { showsRuns: !json });
  if (!json) return display;
  return {
    ended(run) {
      processEnv.stdout.write(`${JSON.stringify(run)}\n`);
      display.ended(run);
    },
    message: (text) => display.message(text),
    close: () => display.close(),
  };
}

/** A line per run that ends. */
class SweepLines implements SweepDisplay {
  readonly #sweepStatus: SweepStatus;
  readonly #output: Output;
  readonly #showsRuns: boolean;

  constructor(sweepStatus: SweepStatus, output: Output, { showsRuns }: { showsRuns: boolean }) {
    this.#sweepStatus = sweepStatus;
    this.#output = output;
    this.#showsRuns = showsRuns;
  }

  ended(run: RunState): void {
    if (!this.#showsRuns) return;
    const { ended, maxRuns, secondsLeft, stopsOnGrok } = this.#sweepStatus;
    const place = `${String(ended).padStart(String(maxRuns).length)}/${maxRuns}`;
    const left =
      Number.isFinite(secondsLeft) && ended < maxRuns
        ? `; ${stopsOnGrok ? "at most " : ""}${duration(secondsLeft)} left`
        : "";
    this.message(`${place}  ${settingsText(run)}: ${outcomeText(run)}${left}\n`);
  }

  message(text: string): void {
    this.#output.write(text);
  }

  close(): void {}
}

/** How a run ended, in words. */
export function outcomeText({
  state,
  step,
  t_grok,
  t_ungrok,
  error,
  stopped,
  reused,
  ...run
}: RunState): string {
  const time = duration(run.elapsed_sec);
  const from = reused === undefined ? "" : `, from ${reused}`;
  switch (state) {
    case "grokked":
      return `grokked at step ${count(t_grok ?? step)} (${time})${from}`;
    case "ungrokked":
      return `grokked at step ${count(t_grok ?? step)} and forgot at ${count(t_ungrok ?? step)} (${time})${from}`;
    case "finished":
      return `did not grok in ${count(step)} steps (${time})${from}`;
    case "failed":
      return `failed: ${(error ?? "it does not say why").replace(/\.$/, "")}`;
    case "stopped":
      return `stopped early at step ${count(stopped?.step ?? step)} by ${stopped?.by ?? "a rule"}`;
    default:
      return `${state} at step ${count(step)}`;
  }
}

/** A table that is drawn again in place. */
class LiveTable implements SweepDisplay {
  readonly #live: LiveRegion;

  constructor(sweepStatus: SweepStatus, processEnv: ProcessEnv, output: Output) {
    const style = styleFor(output, processEnv.env);
    const frame = (room: Region) => sweepFrame(sweepStatus, room, style);
    this.#live = new LiveRegion(processEnv, { output, interval, frame });
    this.#live.draw();
  }

  ended(): void {}

  message(text: string): void {
    this.#live.message(text);
  }

  close(): void {
    this.#live.close();
  }
}
