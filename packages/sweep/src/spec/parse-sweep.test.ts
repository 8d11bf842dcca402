import { expect, it } from "vitest";
import { SweepError } from "../sweep-error";
import { expandSweep } from "./expand-sweep";
import { parseSweep } from "./parse-sweep";

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
  ["text that is no YAML", "grid: [1, 2", /^The sweep is no YAML: .*line 1, column 12\.$/],
  ["a key twice", "grid: {}\ngrid: {}", /^The sweep is no YAML: Map keys must be unique/],
  ["two documents", "seeds: 0..1\n---\nseeds: 0..1", /^The sweep is no YAML: .*multiple documents/],
  ["lists in lists", `grid: ${deep(100_000)}`, /^The sweep nests deeper than 32 levels\.$/],
  [
    "dashes behind dashes",
    `grid: \n${"- ".repeat(100_000)}`,
    /^The sweep nests deeper than 32 levels\.$/,
  ],
  ["deep indentation", steps, /^The sweep nests deeper than 32 levels\.$/],
  ["aliases of aliases", bomb, /^The sweep is no YAML: Excessive alias count/],
  [
    "very long text",
    `# ${"x".repeat(1_000_000)}`,
    /^A sweep's file may have 1,000,000 characters, not 1,000,002\.$/,
  ],
  ["a file with nothing in it", "", /^A sweep must be an object/],
  [
    "code of another language",
    "flags: !!js/function 'x'",
    /^flags must name flags and their values\.$/,
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

it("takes no prototype from a file", () => {
  const sweep = parseSweep("{ preset: mlp, flags: { __proto__: { p: 7 } }, seeds: 0..1 }");
  expect(Object.getPrototypeOf(sweep.flags)).toBe(Object.prototype);
  expect(expandSweep(sweep).map(({ experiment }) => experiment.task)).toEqual(
    expandSweep({ preset: "mlp", seeds: "0..1" }).map(({ experiment }) => experiment.task),
  );
});
