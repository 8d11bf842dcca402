import type { Named, Operation } from "./operation";
import { permutationCount, permutationGroup } from "./permutations";

function product(a: number, b: number): number {
  return permutationGroup().products[a * permutationCount + b] as number;
}

function operation<N extends string>(
  name: N,
  description: string,
  apply: Operation["apply"],
): Named<N> {
  return { name, description, set: "S5", needsPrime: false, firstB: 0, apply };
}

/**
 * The operations on the 120 permutations of five things, numbered lexicographically, of Power et
 * al. 2022, under the names of openai/grok.
 *
 * a∘b is read from left to right, as that code does (`b[a]`, and SymPy's product): i goes to
 * b(a(i)). The other reading is the same task with every permutation renamed as its inverse.
 */
export const symmetricOperations = [
  operation("s5", "a∘b in S5, first a and then b", product),
  operation("s5conj", "a∘b∘a⁻¹ in S5, from left to right", (a, b) =>
    product(product(a, b), permutationGroup().inverses[a] as number),
  ),
  operation("s5aba", "a∘b∘a in S5", (a, b) => product(product(a, b), a)),
] as const;
