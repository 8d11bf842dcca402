import { expect, it } from "vitest";
import { examples, lineCount } from "./example.ts";

it.each(examples)("$name has at most 40 lines", async (example) => {
  expect(await lineCount(example)).toBeLessThanOrEqual(40);
});
