import { isPrime } from "@grok/data";
import { type Assembly, assemble, type Experiment } from "@grok/train";
import { checkAvailableMemory } from "@grok/train/front-end";
import { kindsHere } from "./extensions";
import { messageOf } from "./message";

/** Bytes that a tab can be asked for: browsers give WebAssembly 4 GiB, of which a step needs copies. */
const availableBytes = 2 ** 31;

/** Examples that a page goes through between two evaluations while somebody waits. */
const maxExamples = 1_200_000;

/** Why the page has no room for an experiment, in a sentence; null if it has. */
export function roomProblem(experiment: Experiment): string | null {
  const assembly: Assembly = assemble(experiment, kindsHere());
  const { size } = assembly.task;
  if (size !== null && size > maxExamples) {
    return `The task has ${size.toLocaleString("en")} examples, and this page has room for ${maxExamples.toLocaleString("en")}.`;
  }
  try {
    checkAvailableMemory(assembly, availableBytes);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * The largest prime modulus up to `p` with which an experiment fits; null if none does.
 *
 * @param fits whether it does with a modulus
 */
export function largestModulus(p: number, fits: (p: number) => boolean): number | null {
  const primes = Array.from({ length: Math.max(0, p - 1) }, (_, i) => i + 2).filter(isPrime);
  let low = 0;
  let high = primes.length;
  // The first so many fit.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(primes[middle - 1] as number)) low = middle;
    else high = middle - 1;
  }
  return primes[low - 1] ?? null;
}
