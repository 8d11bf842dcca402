import type { FiniteGroup } from "./finite-group";

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Cn: the residues mod n, added. */
export function cyclic(n: number): FiniteGroup {
  return {
    name: `C${n}`,
    order: n,
    product: (a, b) => (a + b) % n,
    symbols: count(n).map(String),
  };
}

/** Dn: the 2n symmetries of a regular n-gon; rⁱ is i, rⁱs is n + i, and s·r = r⁻¹·s. */
export function dihedral(n: number): FiniteGroup {
  return {
    name: `D${n}`,
    order: 2 * n,
    product: (a, b) => {
      const [i, j] = [a % n, b % n];
      const flips = a >= n !== b >= n;
      return ((a >= n ? i - j + n : i + j) % n) + (flips ? n : 0);
    },
    symbols: count(2 * n).map((a) => (a < n ? `r${a}` : `r${a - n}s`)),
  };
}

/**
 * Q4m, the generalised quaternion (dicyclic) group of order 4m: x of order 2m, y² = xᵐ, y·x = x⁻¹·y;
 * xⁱ is i, xⁱy is 2m + i. Q8 are the quaternions ±1, ±i, ±j, ±k.
 */
export function quaternion(order: number): FiniteGroup {
  const n = order / 2;
  return {
    name: `Q${order}`,
    order,
    product: (a, b) => {
      const [i, j] = [a % n, b % n];
      if (a < n) return b < n ? (i + j) % n : n + ((i + j) % n);
      return b < n ? n + ((i - j + n) % n) : (i - j + n + n / 2) % n;
    },
    symbols: count(order).map((a) => (a < n ? `x${a}` : `x${a - n}y`)),
  };
}

/** The permutations of n things as their images, in lexicographic order. */
function permutations(n: number): number[][] {
  let prefixes: number[][] = [[]];
  for (let place = 0; place < n; place++) {
    prefixes = prefixes.flatMap((prefix) =>
      count(n)
        .filter((thing) => !prefix.includes(thing))
        .map((thing) => [...prefix, thing]),
    );
  }
  return prefixes;
}

function isEven(images: readonly number[]): boolean {
  let inversions = 0;
  for (const [i, image] of images.entries()) {
    for (let j = 0; j < i; j++) if ((images[j] as number) > image) inversions++;
  }
  return inversions % 2 === 0;
}

function ofPermutations(name: string, elements: readonly number[][]): FiniteGroup {
  const numbers = new Map(elements.map((images, number) => [images.join(), number]));
  const order = elements.length;
  const products = new Int16Array(order * order);
  for (const [a, first] of elements.entries()) {
    for (const [b, second] of elements.entries()) {
      const images = first.map((image) => second[image]);
      products[a * order + b] = numbers.get(images.join()) as number;
    }
  }
  return {
    name,
    order,
    product: (a, b) => products[a * order + b] as number,
    symbols: elements.map((images) => images.map((image) => image + 1).join("")),
  };
}

/** Sn: the permutations of n things, read from left to right: i goes to b(a(i)). */
export function symmetric(n: number): FiniteGroup {
  return ofPermutations(`S${n}`, permutations(n));
}

/** An: the even permutations of n things. */
export function alternating(n: number): FiniteGroup {
  return ofPermutations(`A${n}`, permutations(n).filter(isEven));
}

/** G × H: pairs, multiplied side by side; (g, h) is g·|H| + h. */
export function direct(g: FiniteGroup, h: FiniteGroup): FiniteGroup {
  const { order: m } = h;
  return {
    name: `${g.name}x${h.name}`,
    order: g.order * m,
    product: (a, b) =>
      g.product(Math.floor(a / m), Math.floor(b / m)) * m + h.product(a % m, b % m),
    symbols: g.symbols.flatMap((left) => h.symbols.map((right) => `(${left}, ${right})`)),
  };
}

/**
 * Cn ⋊ Cm in which the generator of Cm acts on Cn as x ↦ k·x:
 * (x, i)·(y, j) = (x + kⁱ·y mod n, i + j mod m); (x, i) is x·m + i. It is a group if kᵐ = 1 mod n.
 */
export function semidirect(n: number, m: number, k: number): FiniteGroup {
  const powers = [1 % n];
  for (let i = 1; i < m; i++) powers.push(((powers[i - 1] as number) * k) % n);
  return {
    name: `C${n}:${k}C${m}`,
    order: n * m,
    product: (a, b) => {
      const [x, i, y, j] = [Math.floor(a / m), a % m, Math.floor(b / m), b % m];
      return ((x + (powers[i] as number) * y) % n) * m + ((i + j) % m);
    },
    symbols: count(n * m).map((a) => `(${Math.floor(a / m)}, ${a % m})`),
  };
}
