import { expect, test } from "vitest";
import { pitchOf } from "./sound";

test("the pitch rises two octaves from no right answer to all of them", () => {
  expect([0, 0.5, 1].map(pitchOf)).toEqual([196, 392, 784]);
  // What is no share is the nearest one.
  expect([-1, 2].map(pitchOf)).toEqual([196, 784]);
});
