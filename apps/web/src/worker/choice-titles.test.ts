import { operations } from "@grok/data";
import { expect, test } from "vitest";
import { choiceTitles } from "./choice-titles";

test("operations are called by what they are, each by another name", () => {
  const titles = choiceTitles(operations.map(({ name }) => name)) as Record<string, string>;
  expect(titles["+"]).toBe("a + b");
  expect(titles["x2+xy+y2"]).toBe("a² + ab + b²");
  expect(new Set(Object.values(titles)).size).toBe(operations.length);
  expect(choiceTitles(["adam", "sgd"])).toBeNull();
  expect(choiceTitles(null)).toBeNull();
});
