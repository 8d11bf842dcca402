/**
 * What the circles of an operation show, in words: on a sum of residues angles are those of the
 * numbers, on a product those of their exponents.
 *
 * @param isProduct whether the operation is × or ÷
 * @param sign whether the angle of b is added or taken off
 */
export function circlesText({ isProduct, sign }: { isProduct: boolean; sign: 1 | -1 }): string {
  const circle = isProduct
    ? "For each of a few frequencies k the numbers from 1 on come to lie on a circle, in the order of the powers of one of them: gⁿ at the angle 2πkn/(p − 1)."
    : "For each of a few frequencies k the numbers come to lie on a circle, x at the angle 2πkx/p.";
  const [name, angles, way] = {
    "1": [isProduct ? "multiplying" : "adding", "adding", "then as far as b"],
    "-1": [isProduct ? "dividing" : "subtracting", "subtracting", "then back as far as b"],
  }[`${sign}`] as [string, string, string];
  return `${circle} Then ${name} numbers is ${angles} angles: go from ${isProduct ? 1 : 0} as far as a, ${way}, and you are at c.`;
}
