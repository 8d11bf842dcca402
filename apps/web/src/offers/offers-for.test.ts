import { expect, test } from "vitest";
import { quick } from "../state/starting-point";
import { resolveFlags } from "../worker/resolve";
import { whatIfs } from "./offers-for";

const valuesOf = (flags: Record<string, string>) => {
  const resolved = resolveFlags(quick.preset, { ...quick.flags, ...flags }, null);
  if (!resolved.ok) throw new Error(resolved.error);
  return resolved.values;
};

test("from the first network everything can be changed, and each change is an experiment", () => {
  const offers = whatIfs(valuesOf({}), {});
  expect(offers.map(({ text }) => text)).toEqual([
    "without weight decay",
    "with less data (40% of all questions)",
    "with other numbers (0 to 46)",
    "with another rule (a − b)",
  ]);
  for (const { flags } of offers) valuesOf(flags as Record<string, string>);
});

test("what was changed can be taken back, and what an experiment has not is not offered", () => {
  const without = { "weight-decay": "0" };
  expect(whatIfs(valuesOf(without), without)[0]).toEqual({
    name: "decay",
    text: "with weight decay again",
    flags: { "weight-decay": null },
  });
  expect(whatIfs({ "weight-decay": null, p: null, op: null, "train-fraction": null }, {})).toEqual(
    [],
  );
  expect(whatIfs(valuesOf({ p: "47" }), {})[2]?.flags).toEqual({ p: "53" });
  // At last there is too little to train on.
  expect(whatIfs({ "train-fraction": "0.15" }, {})).toEqual([]);
});
