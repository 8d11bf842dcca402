import { expect, it } from "vitest";
import { engineText } from "./engine";

it.each([
  [{ node: "26.3.0", deno: "2.9.0" }, "Deno 2.9.0"],
  [{ node: "24.3.0", bun: "1.4.0" }, "Bun 1.4.0"],
  [{ node: "24.21.0", "@grok/train": "0.0.0" }, "Node 24.21.0"],
  [{ "@grok/train": "0.0.0" }, null],
])("names what %j ran on", (versions, text) => {
  expect(engineText(versions as Record<string, string>)).toBe(text);
});

it("names what this runs on", () => {
  expect(engineText()).toBe(`Node ${process.versions.node}`);
});
