import { signal } from "@preact/signals";

/** Something that the page has to say beside what is shown. */
export interface Notice {
  id: number;
  kind: "notice" | "error";
  text: string;
  /** What can be done about it by a press, which puts it away. */
  action?: NoticeAction | undefined;
}

/** See {@link Notice}. */
export interface NoticeAction {
  title: string;
  act: () => Promise<unknown>;
  /** Called if it is dismissed instead. */
  dismiss?: (() => void) | undefined;
}

export const notices = signal<readonly Notice[]>([]);

let last = 0;

/** Says something, once, until it is put away; the notice's id. */
export function say(kind: Notice["kind"], text: string, action?: NoticeAction): number {
  const said = notices.peek().find((notice) => notice.text === text);
  if (said !== undefined) return said.id;
  notices.value = [...notices.peek(), { id: ++last, kind, text, action }];
  return last;
}

/** Says what went wrong. */
export function sayError(error: unknown): void {
  say("error", error instanceof Error ? error.message : String(error));
}

/** Lets something happen, and says what goes wrong with it. */
export function attempt(work: Promise<unknown>): void {
  work.catch(sayError);
}

export function putAway(id: number): void {
  notices.value = notices.peek().filter((notice) => notice.id !== id);
}
