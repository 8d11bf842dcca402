import { expect, test } from "vitest";
import { circlesText } from "./circles-text";

test("the circles are told in the words of the operation", () => {
  expect(circlesText({ isProduct: false, sign: 1 })).toContain(
    "x at the angle 2πkx/p. Then adding numbers is adding angles: go from 0 as far as a, then as far as b",
  );
  expect(circlesText({ isProduct: false, sign: -1 })).toContain(
    "subtracting numbers is subtracting angles: go from 0 as far as a, then back as far as b",
  );
  expect(circlesText({ isProduct: true, sign: 1 })).toContain(
    "gⁿ at the angle 2πkn/(p − 1). Then multiplying numbers is adding angles: go from 1 as far as a",
  );
  expect(circlesText({ isProduct: true, sign: -1 })).toContain(
    "dividing numbers is subtracting angles: go from 1 as far as a, then back as far as b",
  );
});
