import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import oracle from "../../fixtures/oracle.json";
import { elementCount, findOperation, isPrime, operations } from "./catalogue";
import { permutationCount, permutationGroup } from "./permutations";

const primes = [2, 3, 5, 7, 11, 13];

test.each(Object.entries(oracle.operations))("%s has the table of the oracle", (key, digest) => {
  const [name, p] = key.split(" ") as [string, string];
  const operation = findOperation(name);
  const elements = elementCount(operation, Number(p));
  const table: number[] = [];
  for (let a = 0; a < elements; a++) {
    for (let b = operation.firstB; b < elements; b++) table.push(operation.apply(a, b, Number(p)));
  }
  expect(createHash("sha256").update(Uint8Array.from(table)).digest("hex")).toBe(digest);
});

test("the oracle knows every operation", () => {
  const known = new Set(Object.keys(oracle.operations).map((key) => key.split(" ")[0]));
  expect(operations.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

test.each(primes)("division mod %d inverts multiplication, for all pairs", (p) => {
  const times = findOperation("*");
  const over = findOperation("/");
  for (let a = 0; a < p; a++) {
    for (let b = over.firstB; b < p; b++) {
      expect(times.apply(over.apply(a, b, p), b, p)).toBe(a);
      expect(over.apply(times.apply(a, b, p), b, p)).toBe(a);
    }
  }
});

test.each([...primes, 4, 12])("subtraction mod %d inverts addition, for all pairs", (p) => {
  const plus = findOperation("+");
  const minus = findOperation("-");
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) {
      expect(minus.apply(plus.apply(a, b, p), b, p)).toBe(a);
      expect(plus.apply(minus.apply(a, b, p), b, p)).toBe(a);
    }
  }
});

test("every operation stays among its elements, up to the largest modulus", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...operations),
      fc.constantFrom(2, 3, 97, 4093),
      fc.nat(),
      fc.nat(),
      (operation, p, x, y) => {
        const n = elementCount(operation, p);
        const c = operation.apply(x % n, operation.firstB + (y % (n - operation.firstB)), p);
        expect(Number.isInteger(c) && c >= 0 && c < n).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});

test("conjugation keeps the cycle type, and is an action of the group", () => {
  const { elements } = permutationGroup();
  const conjugate = findOperation("s5conj");
  const product = findOperation("s5");
  const fixed = (g: number) => elements[g]?.filter((image, i) => image === i).length;
  for (let a = 0; a < permutationCount; a++) {
    for (let b = 0; b < permutationCount; b += 7) {
      expect(fixed(conjugate.apply(a, b, 97))).toBe(fixed(b));
      for (let g = 0; g < permutationCount; g += 11) {
        // g a b (g a)⁻¹ = g (a b a⁻¹) g⁻¹
        expect(conjugate.apply(product.apply(g, a, 97), b, 97)).toBe(
          conjugate.apply(g, conjugate.apply(a, b, 97), 97),
        );
      }
    }
  }
});

test("the operations that divide, and only they, need a prime", () => {
  expect(operations.filter((op) => op.needsPrime).map((op) => op.name)).toEqual(["/", "/-"]);
  expect(() => elementCount(findOperation("/"), 96)).toThrow(
    'The operation "/" divides, so its modulus p must be prime, not 96.',
  );
  expect(elementCount(findOperation("+"), 96)).toBe(96);
  expect(elementCount(findOperation("s5"), 96)).toBe(120);
});

test.each([1, 0, -97, 96.5, Number.NaN, 4097])("modulus %s is refused", (p) => {
  expect(() => elementCount(findOperation("+"), p)).toThrow(
    `The modulus p must be an integer from 2 to 4096, not ${p}.`,
  );
});

test("an unknown operation is refused with the list of those there are", () => {
  expect(() => findOperation("^")).toThrow(
    'Unknown operation "^": it must be one of +, -, *, /, *1, x2+y2, x2+xy+y2, x2+xy+y2+x, x3+xy, ' +
      "x3+xy2+y, /-, +*, +-, s5, s5conj, s5aba.",
  );
});

test("primes are told from composites", () => {
  const found = Array.from({ length: 60 }, (_, n) => n - 1).filter(isPrime);
  expect(found).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53]);
  expect([97, 113, 4093].every(isPrime)).toBe(true);
  expect([4095, 97 * 31, 53 * 53].some(isPrime)).toBe(false);
});
