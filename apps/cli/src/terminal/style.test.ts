import { expect, it } from "vitest";
import { TestOutput } from "../../test/process-env";
import { hasColor, styleFor } from "./style";

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [true, { TERM: "dumb" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [true, { FORCE_COLOR: "0" }, false],
])("a terminal %s with %j has colour: %s", (isTTY, env, expected) => {
  expect(hasColor(new TestOutput(isTTY), env)).toBe(expected);
});

it("leaves text alone without colour", () => {
  expect(styleFor(new TestOutput(false), {})("red", "x")).toBe("x");
  expect(styleFor(new TestOutput(true), {})("red", "x")).toBe("\u001b[31mx\u001b[39m");
});
