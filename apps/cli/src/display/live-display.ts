import { type TextCurveOptions, textCurve } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import type { Output, ProcessEnv } from "../process-env";
import { LiveRegion } from "../terminal/live-region";
import { hasColor, styleFor } from "../terminal/style";
import type { Display } from "./display";
import { type DrawCurve, frame } from "./frame";
import type { Standing } from "./standing";

/** Milliseconds between frames: ten a second read as motion and cost next to nothing. */
const interval = 100;

/** Shows a run on a terminal, drawn again in place. */
export class LiveDisplay implements Display {
  readonly #live: LiveRegion;
  readonly #records: EvaluationRecord[];
  #standing: Standing | undefined;

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
        this.#standing === undefined ? null : frame(this.#standing, room, style, curve),
    });
  }

  moved(standing: Standing): void {
    const isFirst = this.#standing === undefined;
    this.#standing = standing;
    if (isFirst) this.#live.draw();
  }

  evaluated(record: EvaluationRecord, standing: Standing): void {
    this.#records.push(record);
    this.#standing = standing;
  }

  reached(_name: "t_mem" | "t_grok", standing: Standing): void {
    this.#standing = standing;
  }

  say(text: string): void {
    this.#live.say(text);
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
