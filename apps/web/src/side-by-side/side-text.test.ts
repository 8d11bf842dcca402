import { expect, test } from "vitest";
import { medianOf, sideText } from "./side-text";

const run = (state: "waiting" | "training" | "ended", tGrok: number | null, group = "") => ({
  state,
  tGrok,
  group,
});

test("what came of several seeds is said as far as it is known", () => {
  expect(sideText([run("training", null), run("waiting", null)])).toBe(
    "0 of 2 have grokked. 2 are not done yet.",
  );
  expect(sideText([run("training", 590), run("waiting", null)])).toBe(
    "1 of 2 has grokked, at step 590. 2 are not done yet.",
  );
  expect(
    sideText([run("ended", 690), run("ended", 480), run("ended", null), run("training", 1200)]),
  ).toBe("3 of 4 have grokked, at steps 480 to 1,200 (median 690). 1 is not done yet.");
  expect(sideText([run("ended", null), run("ended", null)])).toBe("0 of 2 have grokked.");
});

test("runs of different settings have no common median", () => {
  expect(sideText([run("ended", 690, "lr 0.01"), run("ended", 480, "lr 0.02")])).toBe(
    "2 of 2 have grokked, at steps 480 to 690.",
  );
});

test("the median of an even number is between the two in the middle", () => {
  expect(medianOf([1])).toBe(1);
  expect(medianOf([1, 5, 100])).toBe(5);
  expect(medianOf([1, 5, 8, 100])).toBe(6.5);
});
