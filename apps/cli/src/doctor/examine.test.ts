import { expect, it } from "vitest";
import { examine } from "./examine";
import { here } from "./finding";

it("makes findings of checks that throw, or never end", async () => {
  const findings = await examine(
    [
      { about: "a", needed: true, look: () => here("It is.") },
      {
        about: "b",
        look: () => {
          throw new Error("It is not.");
        },
      },
      { about: "c", look: () => new Promise(() => {}) },
    ],
    20,
  );
  expect(findings).toEqual([
    { about: "a", needed: true, condition: "here", text: "It is." },
    { about: "b", needed: false, condition: "missing", text: "It is not." },
    {
      about: "c",
      needed: false,
      condition: "slow",
      text: "It gave no answer within 0.02 seconds: it hangs, or the machine is busy.",
    },
  ]);
});
