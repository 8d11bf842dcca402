import { expect, it } from "vitest";
import { described, printable } from "./printable";

it("cuts long text and spells out what a terminal would obey", () => {
  expect(printable("plain — text ÷")).toBe("plain — text ÷");
  expect(printable("a\u001b[2Jb\nc\u202ed\ud800")).toBe("a\\u{1b}[2Jb\\u{a}c\\u{202e}d\\u{d800}");
  expect(printable("x".repeat(1e6))).toBe(`${"x".repeat(60)}…`);
});

it.each([
  ["a", '"a"'],
  [3, "3"],
  [null, "null"],
  [[[1]], "a list"],
  // Such an object cannot be made into text.
  [{ toString: 1, valueOf: 1 }, "an object"],
])("describes %j", (value, text) => {
  expect(described(value)).toBe(text);
});
