import { expect, it } from "vitest";
import { SweepError } from "../sweep-error";
import { expandSweep } from "./expand-sweep";
import { extensionsUsedBy, parseSweep, withoutUse } from "./parse-sweep";

it("reads what its README shows", () => {
  const sweep = parseSweep(`
title: Weight decay against data
preset: mlp
flags: { p: 31, width: 64, steps: 4000 }
grid:
  weight-decay: { from: 0.1, to: 10, count: 3, scale: log }
  train-frac: [0.3, 0.5]
seeds: 0..2
exclude:
  - { weight-decay: { from: 5 }, train-fraction: 0.3 }
`);
  expect(sweep.grid).toEqual({
    "weight-decay": { from: 0.1, to: 10, count: 3, scale: "log", integer: false },
    "train-fraction": [0.3, 0.5],
  });
  expect(expandSweep(sweep)).toHaveLength(15);
});

const deep = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;
const steps = Array.from({ length: 400 }, (_, i) => `${" ".repeat(i)}a:`).join("\n");
const bomb = [
  "a: &a [x, x]",
  ...Array.from(
    { length: 30 },
    (_, i) =>
      `b${i}: &${"bcdefghijklmnopqrstuvwxyzABCDEFGH"[i]} [*${"abcdefghijklmnopqrstuvwxyzABCDEFG"[i]}, *${"abcdefghijklmnopqrstuvwxyzABCDEFG"[i]}]`,
  ),
].join("\n");

it.each<[string, string, RegExp]>([
  [
    "text that is no YAML",
    "grid: [1, 2",
    /^Line 1 of the sweep \(grid: \[1, 2\) cannot be read as YAML: .*bracket is not closed\.$/,
  ],
  [
    "a key twice",
    "grid: {}\ngrid: {}",
    /^Line 2 of the sweep \(grid: \{\}\) .*: this key is there twice\.$/,
  ],
  [
    "two documents",
    "seeds: 0..1\n---\nseeds: 0..1",
    /: a second document begins there, and a file has one\.$/,
  ],
  ["lists in lists", `grid: ${deep(100_000)}`, /^The sweep nests deeper than 32 levels\.$/],
  [
    "dashes behind dashes",
    `grid: \n${"- ".repeat(100_000)}`,
    /^The sweep nests deeper than 32 levels\.$/,
  ],
  ["deep indentation", steps, /^The sweep nests deeper than 32 levels\.$/],
  [
    "aliases of aliases",
    bomb,
    /^The sweep's aliases \(\*NAME\) come to more than 100 copies of one part\.$/,
  ],
  [
    "very long text",
    `# ${"x".repeat(1_000_000)}`,
    /^A sweep's file may have 1,000,000 characters, not 1,000,002\.$/,
  ],
  ["a file with nothing in it", "", /^A sweep must be an object/],
  [
    "code of another language",
    "flags: !!js/function 'x'",
    /^Line 1 of the sweep .*: ! has a meaning of its own there; .* quote it: "!!js\/function"\.$/,
  ],
])("refuses %s", (_what, text, sentence) => {
  let error: unknown;
  try {
    parseSweep(text);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(SweepError);
  expect((error as Error).message).toMatch(sentence);
});

const own = (character: string, value = character) =>
  `${character} has a meaning of its own there; to say the text, quote it: "${value}".`;

it.each<[string, string]>([
  ["flags:\n  op: -\n", `Line 2 of the sweep (op: -) cannot be read as YAML: ${own("-")}`],
  ["flags:\n  op: *\n", `Line 2 of the sweep (op: *) cannot be read as YAML: ${own("*")}`],
  [
    "flags: { op: - }",
    `Line 1 of the sweep (flags: { op: - }) cannot be read as YAML: ${own("-")}`,
  ],
  ["flags:\n  op: *1\n", `The sweep cannot be read as YAML: ${own("*", "*1")}`],
  [
    "grid:\n  op: [+, -, *, /]\n",
    `Line 2 of the sweep (op: [+, -, *, /]) cannot be read as YAML: ${own("-")}`,
  ],
  [
    "grid:\n  op:\n    - -\n    - +\n",
    'grid.op.1 must be a number, a text, true, false or null, not a list; a text such as "-" needs quotes.',
  ],
  ["flags:\n  op: >\n", "In run 1 of 1: --op must be one of"],
  [
    "flags:\n\tp: 7\n",
    "Line 2 of the sweep (p: 7) cannot be read as YAML: it is indented with a tab, and YAML takes spaces.",
  ],
  [
    "seeds: 0-3",
    'seeds must be a list of whole numbers or a range such as 0..4, not "0-3"; a range is written 0..3.',
  ],
  [
    "seeds: [0, 1.5]",
    "seeds must be a list of whole numbers or a range such as 0..4, not [0,1.5].",
  ],
  ["flags:\n  __proto__: 3", "flags has the unknown flag __proto__."],
  ["__proto__: 3", "Unknown key __proto__."],
  [
    "grid:\n  lr: { from: 1, to: 2, count: 2, __proto__: 1 }",
    "grid.lr has the unknown key __proto__.",
  ],
])("says of %j what was read and what to write", (text, sentence) => {
  expect(() => expandSweep(parseSweep(text))).toThrow(sentence);
});

it("names the files that it uses, and is read with their extensions alone", () => {
  const text = "use: [own.ts, ./more.mjs]\nseeds: 0..1 # two\n";
  expect(extensionsUsedBy(text)).toEqual(["own.ts", "./more.mjs"]);
  expect(extensionsUsedBy("use: own.ts")).toEqual(["own.ts"]);
  expect(extensionsUsedBy("seeds: 7")).toEqual([]);
  expect(() => extensionsUsedBy("use: { a: 1 }")).toThrow(
    "use must be the file of an extension, or a list of them.",
  );
  expect(() => parseSweep(text)).toThrow(
    "The sweep uses own.ts, ./more.mjs: load those extensions by useExtensions of @grok/train/node, and give { extensions }.",
  );
  const extensions = [{ name: "own" }];
  expect(parseSweep(text, { extensions })).toMatchObject({ use: ["own.ts", "./more.mjs"] });
  expect(withoutUse(text)).toBe("seeds: 0..1 # two\n");
});

it("takes one number for one seed", () => {
  expect(expandSweep(parseSweep("seeds: 7")).map(({ experiment }) => experiment.seed)).toEqual([7]);
});

it("knows no word of its libraries", () => {
  const wrong = [
    "title: 7",
    "use: 7",
    "use: [7]",
    'use: ""',
    `title: ${"x".repeat(300)}`,
    "preset: [1]",
    "flags: 3",
    "flags: { p: [1] }",
    `flags: { op: "${"x".repeat(300)}" }`,
    "grid: { lr: 3 }",
    "grid: { lr: [] }",
    "grid: { lr: { from: a, to: 2, count: 2 } }",
    "grid: { lr: { from: 1, to: 2 } }",
    "grid: { lr: { from: 1, to: 2, count: 1e9 } }",
    "grid: { lr: { from: 1, to: 2, count: 2, scale: x } }",
    "list: 3",
    "list: []",
    "list: [3]",
    "sample: 3",
    "sample: { count: 3 }",
    "sample: { count: x, over: { lr: { from: 1, to: 2 } } }",
    "sample: { method: x, count: 2, over: {} }",
    "seeds: x",
    "seeds: [x]",
    "seeds: []",
    "seeds: {}",
    "when: 3",
    "when: { lr: 3 }",
    "exclude: 3",
    "exclude: [3]",
    "exclude: [{ lr: {} }]",
    "exclude: [{ lr: { from: x } }]",
    "[1]",
    "3",
    "x",
    `${"a".repeat(200)}: 3`,
    `flags: { ${"a".repeat(200)}: 3 }`,
  ];
  for (const text of wrong) {
    let message = "";
    try {
      expandSweep(parseSweep(text));
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message, text).toMatch(/^[A-Za-z][^\n]{0,300}\.$/);
    expect(message, text).not.toMatch(
      /is wrong:|Invalid|expected|received|pattern|Too (big|small)|zod/i,
    );
  }
});
