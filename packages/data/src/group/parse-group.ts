import {
  alternating,
  cyclic,
  dihedral,
  direct,
  quaternion,
  semidirect,
  symmetric,
} from "./families";
import { type FiniteGroup, largestOrder } from "./finite-group";

/** How names of groups are written, for messages and help. */
export const groupSyntax =
  "C7 (cyclic), D5 (dihedral, of 10 elements), S4 (symmetric), A5 (alternating), Q8 (quaternion, the number is its order), C2xC4 (direct product), C7:2C3 (semidirect: the generator of C3 multiplies C7 by 2)";

const factor = /^([CDSAQ])(\d{1,3})(?::(\d{1,3})C(\d{1,3}))?$/;

const factorials = [1, 1, 2, 6, 24, 120];

/**
 * The group of a name: `C7`, `D5`, `S4`, `A5`, `Q8`, products as `C2xC4`, semidirect products of
 * cyclic groups as `C7:2C3`; of 2 to 128 elements.
 *
 * ```ts
 * findGroup("D5").order; // 10
 * findGroup("C7:2C3").order; // 21, the smallest odd group that does not commute
 * ```
 *
 * @throws RangeError if the name is none, or the group is none, trivial or too large
 */
export function findGroup(name: string): FiniteGroup {
  const parts = name.length <= 64 ? name.split("x") : [];
  if (parts.length === 0) throw unknown(name);
  const orders = parts.map((part) => orderOf(part, name));
  const order = orders.reduce((product, each) => product * each, 1);
  if (order < 2 || order > largestOrder) {
    throw new RangeError(
      `The group ${name} is of order ${order}: allowed are 2 to ${largestOrder}.`,
    );
  }
  const [first, ...others] = parts.map(build);
  return others.reduce((product, each) => direct(product, each), first as FiniteGroup);
}

/** A factor's letter and numbers. */
function read(part: string) {
  const match = factor.exec(part);
  if (match === null) return null;
  const [, letter = "", size = "", multiplier, acting] = match;
  return {
    letter,
    n: Number(size),
    k: multiplier === undefined ? null : Number(multiplier),
    m: acting === undefined ? null : Number(acting),
  };
}

function orderOf(part: string, name: string): number {
  const found = read(part);
  if (found === null || found.n < 1) throw unknown(name);
  const { letter, n, k, m } = found;
  if (k !== null && m !== null) {
    if (letter !== "C" || m < 1) throw unknown(name);
    if (powerOf(k, m, n) !== 1 % n) {
      throw new RangeError(
        `${part} is no group: ${k} to the power ${m} is ${powerOf(k, m, n)} mod ${n}, and must be 1.`,
      );
    }
    return n * m;
  }
  switch (letter) {
    case "D":
      return 2 * n;
    case "S":
      return factorials[n] ?? Number.POSITIVE_INFINITY;
    case "A":
      return n < 3 ? 1 : (factorials[n] ?? Number.POSITIVE_INFINITY) / 2;
    case "Q":
      if (n % 4 !== 0 || n < 8) {
        throw new RangeError(
          `${part} is no quaternion group: its order is 8, 12, 16, …, not ${n}.`,
        );
      }
      return n;
    default:
      return n;
  }
}

function powerOf(k: number, m: number, n: number): number {
  let power = 1 % n;
  for (let i = 0; i < m; i++) power = (power * k) % n;
  return power;
}

function build(part: string): FiniteGroup {
  const { letter, n, k, m } = read(part) as NonNullable<ReturnType<typeof read>>;
  if (k !== null && m !== null) return semidirect(n, m, k);
  const families: Record<string, (n: number) => FiniteGroup> = {
    C: cyclic,
    D: dihedral,
    S: symmetric,
    A: alternating,
    Q: quaternion,
  };
  return (families[letter] as (n: number) => FiniteGroup)(n);
}

function unknown(name: string): RangeError {
  return new RangeError(`There is no group "${name.slice(0, 64)}": write ${groupSyntax}.`);
}
