import { type TextCurveOptions, textCurve } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import type { Output, ProcessEnv } from "../process-env";
import { LiveRegion } from "../terminal/live-region";
import { hasColor, styleFor } from "../terminal/style";
import type { Display } from "./display";
import { type DrawCurve, frame } from "./frame";
import type { RunStatus } from "./run-status";

/** Milliseconds between frames: ten a second read as motion and cost next to nothing. */
const interval = 100;

/** Shows a run on a terminal, drawn again in place. */
export class LiveDisplay implements Display {
  readonly #live: LiveRegion;
  readonly #records: EvaluationRecord[];
  #runStatus: RunStatus | undefined;

  /** @param records evaluations from before, of a run that is resumed */
  constructor(
    processEnv: ProcessEnv,
    { output, records = [] }: { output: Output; records?: readonly EvaluationRecord[] },
  ) {
    this.#records = [...records];
    const style = styleFor(output, processEnv.env);
    const curve = memoizedCurve(this.#records, {
      color: hasColor(output, processEnv.env),
      ascii: lacksUnicode(processEnv.env),
    });
    this.#live = new LiveRegion(processEnv, {
      output,
      interval,
      frame: (room) =>
        this.#runStatus === undefined ? null : frame(this.#runStatus, room, style, curve),
    });
  }

  progress(runStatus: RunStatus): void {
    const isFirst = this.#runStatus === undefined;
    this.#runStatus = runStatus;
    if (isFirst) this.#live.draw();
  }

  evaluation(record: EvaluationRecord, runStatus: RunStatus): void {
    this.#records.push(record);
    this.#runStatus = runStatus;
  }

  milestone(_name: "t_mem" | "t_grok", runStatus: RunStatus): void {
    this.#runStatus = runStatus;
  }

  message(text: string): void {
    this.#live.message(text);
  }

  close(): void {
    this.#live.close();
  }
}

/** Draws a growing list of records, each picture once. */
function memoizedCurve(
  records: readonly EvaluationRecord[],
  options: { color: boolean; ascii: boolean },
): DrawCurve {
  let key = "";
  let lines: string[] = [];
  return (width, height) => {
    const wanted = `${records.length} ${width} ${height}`;
    if (wanted !== key) lines = tryCurve(records, { ...options, width, height });
    key = wanted;
    return lines;
  };
}

/** The curve, or no lines where it finds too little room: a picture must not end a run. */
function tryCurve(records: readonly EvaluationRecord[], options: TextCurveOptions): string[] {
  try {
    return textCurve(records, options);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Whether the locale names another encoding than UTF-8; without a locale, UTF-8 is likely. */
function lacksUnicode(env: ProcessEnv["env"]): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return env.TERM === "linux" || (locale !== "" && !/utf-?8/i.test(locale));
}
