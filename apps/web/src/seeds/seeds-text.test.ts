import { expect, test } from "vitest";
import { medianOf, seedsText } from "./seeds-text";

test("what came of several seeds is said as far as it is known", () => {
  const run = (state: "waiting" | "training" | "ended", tGrok: number | null) => ({ state, tGrok });
  expect(seedsText([run("training", null), run("waiting", null)])).toBe(
    "0 of 2 have grokked. 2 are not done yet.",
  );
  expect(seedsText([run("training", 590), run("waiting", null)])).toBe(
    "1 of 2 has grokked, at step 590. 2 are not done yet.",
  );
  expect(
    seedsText([run("ended", 690), run("ended", 480), run("ended", null), run("training", 1200)]),
  ).toBe("3 of 4 have grokked, at steps 480 to 1,200 (median 690). 1 is not done yet.");
  expect(seedsText([run("ended", null), run("ended", null)])).toBe("0 of 2 have grokked.");
});

test("the median of an even number is between the two in the middle", () => {
  expect(medianOf([1])).toBe(1);
  expect(medianOf([1, 5, 100])).toBe(5);
  expect(medianOf([1, 5, 8, 100])).toBe(6.5);
});
