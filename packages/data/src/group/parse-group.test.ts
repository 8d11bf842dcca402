import { describe, expect, test } from "vitest";
import { permutationGroup } from "../operation/permutations";
import { inverses, isCommutative } from "./finite-group";
import { groupTask } from "./group-task";
import { findGroup } from "./parse-group";

/** Order, whether it commutes, how many elements of order 2, and how many conjugacy classes. */
const facts: [name: string, order: number, commutes: boolean, twos: number, classes: number][] = [
  ["C7", 7, true, 0, 7],
  ["C2xC4", 8, true, 3, 8],
  ["C2xC2xC2", 8, true, 7, 8],
  ["D5", 10, false, 5, 4],
  ["D4", 8, false, 5, 5],
  ["D1", 2, true, 1, 2],
  ["Q8", 8, false, 1, 5],
  ["Q12", 12, false, 1, 6],
  ["S3", 6, false, 3, 3],
  ["S4", 24, false, 9, 5],
  ["S5", 120, false, 25, 7],
  ["A4", 12, false, 3, 4],
  ["A5", 60, false, 15, 5],
  ["C7:2C3", 21, false, 0, 5],
  ["C5:2C4", 20, false, 5, 5],
  ["C5:4C2", 10, false, 5, 4],
  ["S3xC2", 12, false, 7, 6],
];

describe.each(facts)("%s", (name, order, commutes, twos, classes) => {
  const group = findGroup(name);
  const { product } = group;
  const all = Array.from({ length: order }, (_, i) => i);

  test("is a group: closed, associative, with 0 as its identity and inverses", () => {
    expect(group.order).toBe(order);
    const inverse = inverses(group);
    for (const a of all) {
      expect([product(0, a), product(a, 0)]).toEqual([a, a]);
      expect([product(a, inverse[a] as number), product(inverse[a] as number, a)]).toEqual([0, 0]);
      expect(new Set(all.map((b) => product(a, b))).size).toBe(order);
    }
    const some = order > 30 ? all.filter((a) => a % 7 === 0) : all;
    const wrong = some.filter((a) =>
      some.some((b) => all.some((c) => product(product(a, b), c) !== product(a, product(b, c)))),
    );
    expect(wrong).toEqual([]);
    expect(new Set(group.symbols).size).toBe(order);
  });

  test("has the elements of order 2 and the classes of the group of that name", () => {
    expect(isCommutative(group)).toBe(commutes);
    expect(all.filter((a) => a > 0 && product(a, a) === 0)).toHaveLength(twos);
    const inverse = inverses(group);
    const conjugates = all.map((a) =>
      Math.min(...all.map((g) => product(product(g, a), inverse[g] as number))),
    );
    expect(new Set(conjugates).size).toBe(classes);
  });
});

test("S5 by name is the S5 of the operations of Power et al.", () => {
  const { product } = findGroup("S5");
  const { products } = permutationGroup();
  for (let i = 0; i < products.length; i += 17) {
    expect(product(Math.floor(i / 120), i % 120)).toBe(products[i]);
  }
});

test("its task has every pair once, in any layout", () => {
  const task = groupTask({ group: "D5", layout: "one-hot" });
  const { size, tokens, labels } = task.dataset();
  expect([size, task.vocabulary, task.classes, task.chance]).toEqual([100, 20, 10, 0.1]);
  expect(tokens.slice(0, 4)).toEqual(Int32Array.of(0, 10, 0, 11));
  expect(labels.slice(0, 3)).toEqual(Int32Array.of(0, 1, 2));
  expect(() => groupTask({ group: "D5", layout: "openai" })).toThrow(/operation/);
});

test.each([
  ["X3", /There is no group "X3": write C7/],
  ["", /There is no group/],
  ["C1", /is of order 1: allowed are 2 to 128/],
  ["S6", /is of order Infinity/],
  ["D65", /is of order 130/],
  ["C7:3C3", /C7:3C3 is no group: 3 to the power 3 is 6 mod 7, and must be 1/],
  ["Q10", /its order is 8, 12, 16/],
  ["D5:2C3", /There is no group/],
  ["C2x", /There is no group/],
  ["C0", /There is no group/],
])("%s is refused", (name, message) => {
  expect(() => findGroup(name)).toThrow(RangeError);
  expect(() => findGroup(name)).toThrow(message);
});
