import { expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { optimizerText, taskText } from "./text";

it.each([
  [{}, "a/b mod 97"],
  [{ op: "x2+xy+y2", p: "31" }, "a² + ab + b² mod 31"],
  [{ op: "/-" }, "a/b mod 97 if b is odd, a − b mod 97 if b is even"],
  [{ op: "s5aba" }, "a∘b∘a in S5"],
  [{ task: "parity", layout: undefined }, "parity of 3 of 40 bits"],
])("%j is the task %s", (flags, text) => {
  expect(taskText(resolveExperiment({ flags }))).toBe(text);
});

it("tells of the optimizer what changes what it does", () => {
  expect(optimizerText(resolveExperiment())).toBe("AdamW, lr 0.001, weight decay 1");
  const flags = { optimizer: "sgd", lr: "0.5", grokfast: "ema", orthograd: true };
  expect(optimizerText(resolveExperiment({ preset: "mlp", flags }))).toBe(
    "SGD, lr 0.5, weight decay 0.01, Grokfast ema, ⊥Grad",
  );
});
