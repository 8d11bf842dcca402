import { expect, test } from "vitest";
import { phaseText } from "./phase-text";

const record = (train_acc: number, val_acc: number) => ({ train_acc, val_acc });

test("a phase's words hold for what the network gets right at that step", () => {
  expect(phaseText("memorisation", record(1, 0.02))).toBe(
    "It knows the training examples by heart. Of the examples it has never seen it gets 2% right.",
  );
  expect(phaseText("memorisation", record(1, 0.76))).toContain("it gets 76% right");
  expect(phaseText("grokking", record(1, 0.6))).toBe(
    "It is finding the rule: it gets more and more unseen examples right.",
  );
  expect(phaseText("comprehension", record(1, 0.99))).toBe("It has found the rule.");
  expect(phaseText("comprehension", record(1, 0.16))).toBe(
    "It has found the rule. It has lost it since: 16% are right.",
  );
  expect(phaseText("confusion", record(0.3, 0))).toBe(
    "It has not learned the training examples yet.",
  );
  expect(phaseText("memorisation", undefined)).toBe("It knows the training examples by heart.");
  // Of answers that are numbers there is no share that is right.
  expect(phaseText("memorisation", { train_acc: Number.NaN, val_acc: Number.NaN })).toBe(
    "It knows the training examples by heart.",
  );
});
