import { expect, test } from "vitest";
import { phrase, settingsInWords, words } from "./words";

test("flags stand in figures as words, and not by their abbreviations", () => {
  expect(words("weight-decay")).toBe("Weight decay");
  expect(words("lr")).toBe("Learning rate");
  expect(words("beta2")).toBe("β₂");
  expect(phrase("adam-lr")).toBe("learning rate of Adam");
  expect(words("p")).toBe("p");
  expect(settingsInWords({ lr: 0.001, op: "+", "train-fraction": 0.5 })).toBe(
    "learning rate 0.001, operation +, train fraction 0.5",
  );
});
