import { signal } from "@preact/signals";

/** Something that the page has to say beside what is shown. */
export interface Notice {
  id: number;
  kind: "notice" | "error";
  text: string;
}

export const notices = signal<readonly Notice[]>([]);

let last = 0;

/** Says something, once, until it is put away; the notice's id. */
export function say(kind: Notice["kind"], text: string): number {
  const said = notices.peek().find((notice) => notice.text === text);
  if (said !== undefined) return said.id;
  notices.value = [...notices.peek(), { id: ++last, kind, text }];
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
