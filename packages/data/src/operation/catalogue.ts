import { requireInteger, requireNamed } from "../requirement";
import { modularOperations } from "./modular";
import type { Operation } from "./operation";
import { permutationCount } from "./permutations";
import { symmetricOperations } from "./symmetric";

/** Every operation, in the order in which a help text lists them. */
export const operations: readonly Operation[] = [...modularOperations, ...symmetricOperations];

/** The name of an operation. */
export type OperationName = (typeof modularOperations | typeof symmetricOperations)[number]["name"];

const byName: ReadonlyMap<string, Operation> = new Map(operations.map((op) => [op.name, op]));

/**
 * The operation of that name.
 *
 * @throws RangeError that lists the names, if there is none
 */
export function findOperation(name: string): Operation {
  return requireNamed("operation", name, byName);
}

/** Above this, the p² pairs of a dataset take more than half a gigabyte. */
const largestModulus = 4096;

/**
 * Checks a modulus for an operation and returns the number of elements: p, or 120 for S5.
 *
 * @throws RangeError if p is no integer from 2 to 4096, or not prime where the operation divides
 */
export function elementCount(operation: Operation, p: number): number {
  requireInteger("The modulus p", p, 2, largestModulus);
  if (operation.set === "S5") return permutationCount;
  if (operation.needsPrime && !isPrime(p)) {
    throw new RangeError(
      `The operation "${operation.name}" divides, so its modulus p must be prime, not ${p}.`,
    );
  }
  return p;
}

/** Whether an integer is prime, by trial division. */
export function isPrime(n: number): boolean {
  if (n < 2) return false;
  for (let divisor = 2; divisor * divisor <= n; divisor++) {
    if (n % divisor === 0) return false;
  }
  return true;
}
