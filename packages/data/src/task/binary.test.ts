import { expect, test } from "vitest";
import { layoutNames } from "../layout/catalogue";
import { operations } from "../operation/catalogue";
import { binaryTask } from "./binary";

const everyTask = operations.flatMap(({ name }) =>
  layoutNames.flatMap((layout) => [7, 13].map((p) => ({ operation: name, layout, p }))),
);

test.each(everyTask)("$operation mod $p as $layout: ids, labels and sizes fit", (options) => {
  const task = binaryTask(options);
  const data = task.dataset();
  const { elements, operation } = task;
  expect(data.size).toBe(elements * (elements - operation.firstB));
  expect(data.tokens).toHaveLength(data.size * task.length);
  expect(data.labels).toHaveLength(data.size * task.answerPositions.length);
  expect(data.pairs).toHaveLength(2 * data.size);
  expect(data.tokens.every((id) => id >= 0 && id < task.vocabulary)).toBe(true);
  expect(data.labels.every((label) => label >= 0 && label < task.classes)).toBe(true);
  expect(task.answerPositions.every((read) => read >= 0 && read < task.length)).toBe(true);
  expect(task.chance).toBe(1 / elements);
  const { vocabulary, classes, length, answerPositions } = task;
  expect(data).toMatchObject({ vocabulary, classes, length, answerPositions });
});

test.each(everyTask)("$operation mod $p as $layout: each pair once, each row its equation", (o) => {
  const task = binaryTask(o);
  const { elements, operation, p, layout } = task;
  const { tokens, labels, pairs, size } = task.dataset();
  const seen = new Set<number>();
  const expected: { tokens: number[]; labels: number[] } = { tokens: [], labels: [] };
  for (let i = 0; i < size; i++) {
    const a = pairs[2 * i] as number;
    const b = pairs[2 * i + 1] as number;
    seen.add(a * elements + b);
    const equation = { a, b, c: operation.apply(a, b, p) };
    const id = (cell: (typeof layout.tokens)[number]) =>
      typeof cell === "number" ? cell : equation[cell.element] + cell.offset;
    expected.tokens.push(...layout.tokens.map(id));
    expected.labels.push(...layout.labels.map(id));
  }
  expect({ tokens: tokens.join(), labels: labels.join() }).toEqual({
    tokens: expected.tokens.join(),
    labels: expected.labels.join(),
  });
  expect(seen.size).toBe(size);
});

test.each([
  ["mlx", [5, 97, 4, 98], [74], [3], 99, 99],
  ["power", [5, 97, 4, 98, 74], [74], [3], 99, 99],
  ["openai", [0, 27, 10, 26, 1, 96], [96, 0], [4, 5], 239, 239],
  ["nanda", [5, 4, 97], [74], [2], 98, 98],
  ["pair", [5, 4], [74], [1], 97, 97],
  ["one-hot", [5, 101], [74], [1], 194, 97],
] as const)(
  "%s writes 5 / 4 = 74 mod 97",
  (layout, tokens, labels, answerPositions, vocabulary, classes) => {
    const task = binaryTask({ operation: "/", layout });
    const data = task.dataset();
    const row = 5 * 96 + 3; // a = 5, b = 4, as b starts at 1
    expect([...data.pairs.subarray(2 * row, 2 * row + 2)]).toEqual([5, 4]);
    expect([...data.tokens.subarray(row * task.length, (row + 1) * task.length)]).toEqual(tokens);
    expect([
      ...data.labels.subarray(
        row * task.answerPositions.length,
        (row + 1) * task.answerPositions.length,
      ),
    ]).toEqual(labels);
    expect(task).toMatchObject({ answerPositions, vocabulary, classes, length: tokens.length });
  },
);

test.each([
  ["/", 97, 9_312],
  ["+", 97, 9_409],
  ["+", 113, 12_769],
  ["s5", 97, 14_400],
] as const)("%s mod %d has %d examples", (operation, p, size) => {
  expect(binaryTask({ operation, p }).dataset().size).toBe(size);
});

test("S5 takes 120 elements instead of p, and the openai vocabulary is the same 239", () => {
  expect(binaryTask({ operation: "s5" })).toMatchObject({ vocabulary: 122, name: "s5" });
  expect(binaryTask({ operation: "s5", layout: "nanda" })).toMatchObject({ classes: 121 });
  const task = binaryTask({ operation: "s5", layout: "openai" });
  expect(task.vocabulary).toBe(239);
  const { tokens } = task.dataset();
  expect([...tokens.subarray(0, 6)]).toEqual([0, 119, 13, 119, 1, 119]);
  expect(Math.max(...tokens)).toBe(238);
  expect(binaryTask({ operation: "+", p: 113, layout: "openai" }).vocabulary).toBe(255);
});

/** Our names for those of openai/grok, which also has copy, reverse, sort, **2+ and **3+. */
const openaiNames: Record<string, string> = {
  "*1": "*",
  "/-": "(x._value//y)if(y._value%2==1)else(x-y)_mod_97",
  "x2+y2": "x**2+y**2_mod_97",
  "x2+xy+y2": "x**2+y**2+x*y_mod_97",
  "x2+xy+y2+x": "x**2+y**2+x*y+x_mod_97",
  "x3+xy": "x**3+x*y_mod_97",
  "x3+xy2+y": "x**3+x*y**2+y_mod_97",
};

test("an operation's id in the openai vocabulary is its place among the 20 sorted names there", () => {
  const names = operations.map(({ name }) => openaiNames[name] ?? name);
  const sorted = [...new Set(names), "copy", "reverse", "sort", "**2+", "**3+"].sort();
  expect(sorted).toHaveLength(20);
  for (const [i, { name }] of operations.entries()) {
    const task = binaryTask({ operation: name, layout: "openai", p: 3 });
    expect(task.layout.tokens[2]).toBe(2 + sorted.indexOf(names[i] as string));
  }
});

test("an unknown layout is refused with the list of those there are", () => {
  const options = { operation: "+", layout: "nope" } as unknown as { operation: string };
  expect(() => binaryTask(options)).toThrow(
    'Unknown layout "nope": it must be one of mlx, power, openai, nanda, pair, one-hot.',
  );
});

test("a modulus that does not fit is refused when the task is made", () => {
  expect(() => binaryTask({ operation: "/", p: 96 })).toThrow(RangeError);
  expect(() => binaryTask({ operation: "/-", p: 96 })).toThrow(RangeError);
  expect(() => binaryTask({ operation: "+", p: 1 })).toThrow(RangeError);
});
