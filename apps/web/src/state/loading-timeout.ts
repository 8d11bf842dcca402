import { signal } from "@preact/signals";

/** Seconds that a part of getting ready may take before the page says what it waits for. */
export const patienceSec = 20;

/** What the page has waited for so long; null if there is no such thing. */
export const loadingTimeout = signal<string | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * What is waited for from here on, after which nothing else is; null if nothing is any more.
 *
 * @param what asked when it takes too long, so that it can say what is still missing
 */
export function waitFor(what: (() => string) | null): void {
  clearTimeout(timer);
  loadingTimeout.value = null;
  if (what === null) return;
  timer = setTimeout(() => {
    loadingTimeout.value = what();
  }, 1000 * patienceSec);
}
