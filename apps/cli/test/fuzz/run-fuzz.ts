import { Random } from "./random";
import { ensure, type Target } from "./target";

/** What came of many cases of one format. */
export interface FuzzResult {
  format: string;
  seed: number;
  cases: number;
  valid: number;
  refused: number;
  /** Bytes or characters of the largest case. */
  largest: number;
  /** How often each kind of error came; the rarest ones together, under `other`. */
  kinds: Record<string, number>;
}

/** The most that this process may hold at any time; cases have 64 KiB. */
const maxBytes = 512 * 2 ** 20;
const maxKinds = 25;

/**
 * Tries a format with cases 0 to `count` − 1 of a seed. A case must be read, with a result that keeps
 * its promises, or refused with an error of the reader's own, in a sentence; it may not change
 * Object's prototype, nor may the process come to hold more than 512 MiB.
 *
 * @throws Error that names the case, with what happened as its cause
 */
export async function runFuzz(target: Target, count: number, seed: number): Promise<FuzzResult> {
  const kinds = new Map<string, number>();
  let valid = 0;
  let largest = 0;
  for (let index = 0; index < count; index++) {
    const outcome = await tryCase(target, seed, index);
    largest = Math.max(largest, outcome.size);
    if (outcome.kind === "valid") valid++;
    else kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
    if (index % 10_000 === 0) checkMemory(target.name, seed, index);
  }
  const sorted = [...kinds].sort((a, b) => b[1] - a[1]);
  const rest = sorted.slice(maxKinds).reduce((sum, [, times]) => sum + times, 0);
  return {
    format: target.name,
    seed,
    cases: count,
    valid,
    refused: count - valid,
    largest,
    kinds: Object.fromEntries([
      ...sorted.slice(0, maxKinds),
      ...(rest > 0 ? [["other", rest] as const] : []),
    ]),
  };
}

async function tryCase(
  target: Target,
  seed: number,
  index: number,
): Promise<{ kind: string; size: number }> {
  try {
    const input = target.make(new Random(seed, target.name, index));
    const kind = await target.check(input);
    ensure(Object.keys(Object.prototype).length === 0, "Object's prototype is as it was");
    return { kind, size: input.length };
  } catch (error) {
    throw new Error(`Case ${index} of ${target.name} with seed ${seed} failed.`, { cause: error });
  }
}

function checkMemory(format: string, seed: number, index: number): void {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  if (heapUsed + arrayBuffers <= maxBytes) return;
  throw new Error(
    `At case ${index} of ${format} with seed ${seed} ${heapUsed + arrayBuffers} bytes are held.`,
  );
}
