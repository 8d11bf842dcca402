import { signal } from "@preact/signals";

/** Milliseconds after which a person wonders whether anything happens. */
const patience = 200;

/** Whether an experiment is made ready for longer than a person waits without a word. */
export const isPreparing = signal(false);

let timer: ReturnType<typeof setTimeout> | undefined;
let newest = 0;

/** Waits for an experiment that is made ready, and meanwhile says so if it takes long. */
export async function whilePreparing<T>(coming: Promise<T>): Promise<T> {
  const mine = ++newest;
  clearTimeout(timer);
  timer = setTimeout(() => {
    isPreparing.value = true;
  }, patience);
  try {
    return await coming;
  } finally {
    // Another experiment may be made ready by now.
    if (mine === newest) stopPreparing();
  }
}

/** Says no more that something is made ready: it is there, or nobody waits for it. */
export function stopPreparing(): void {
  clearTimeout(timer);
  isPreparing.value = false;
}
