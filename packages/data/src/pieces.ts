/** How much of long work is done in one go, in examples: some milliseconds' worth. */
export const piece = 2 ** 16;

/** Does all of some work that is done piece by piece, and gives its result. */
export function lastOf<T>(work: Generator<void, T, void>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
