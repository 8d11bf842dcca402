import { expect, it } from "vitest";
import { extensionAt, extensionPath, isExtensionName } from "./name";

it("takes plain names only, so that none leads out of a folder or means something to a system", () => {
  expect(
    ["d5", "square-mlp", "a", "a".repeat(40)].filter((name) => !isExtensionName(name)),
  ).toEqual([]);
  const others = [
    "",
    "../d5",
    "a/b",
    "a\\b",
    "CON",
    "con",
    "nul",
    "com1",
    "__proto__",
    "constructor\0",
  ];
  const more = ["D5", "5d", "-a", "a.b", "a b", "a".repeat(41), "é", null, 5, ["d5"]];
  expect([...others, ...more].filter(isExtensionName)).toEqual([]);
});

it("knows an extension's file in a run's folder", () => {
  expect(extensionPath("d5")).toBe("extensions/d5.mjs");
  expect(extensionAt("extensions/d5.mjs")).toBe("d5");
  const others = [
    "extensions/con.mjs",
    "extensions/../d5.mjs",
    "extensions/d5.js",
    "extensions/D5.mjs",
  ];
  const more = [
    "d5.mjs",
    "extensions/a/d5.mjs",
    "extensions/.mjs",
    "Extensions/d5.mjs",
    "extensions/d5.mjs/",
  ];
  expect([...others, ...more].map(extensionAt)).toEqual([...others, ...more].map(() => null));
});
