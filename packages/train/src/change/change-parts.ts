/** What a change of a sweep can wait for: the evaluation at which a run has memorised or grokked. */
export type ChangeMoment = "t_mem" | "t_grok";

/** One of several changes in a text. */
export interface ChangePart {
  /** As it is written: `t_mem: weight-decay=0`. */
  text: string;
  /** What it waits for; null of one at a step. */
  event: ChangeMoment | null;
  /** What changes: what follows the colon. */
  what: string;
}

/** Where one change ends and the next begins, in one text. */
const between = /\n|;(?=\s*(?:\d+|t_mem|t_grok)\s*:)/;
const atEvent = /^(t_mem|t_grok)\s*:/;

/** The changes in one text, such as `500: lr=0.1; t_grok: weight-decay=0`, as they are written. */
export function changeParts(text: string): ChangePart[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [, event] = atEvent.exec(part) ?? [];
      const what = part.slice(part.indexOf(":") + 1).trim();
      return { text: part, event: (event as ChangeMoment | undefined) ?? null, what };
    });
}
