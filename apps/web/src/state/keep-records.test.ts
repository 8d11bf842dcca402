import type { EvaluationRecord } from "@grok/train";
import { expect, test } from "vitest";
import { limits } from "../network/limits";
import { keepRecords } from "./keep-records";
import { milestones, records } from "./session";

test("of a great many evaluations those of t_mem and t_grok stay, and the page says the same of them", () => {
  const [tMem, tGrok] = [150_007, 180_011];
  const many = Array.from({ length: 200_000 }, (_, step) => ({
    step,
    train_acc: step < tMem ? 0.5 : 1,
    val_acc: step < tGrok ? 0.1 : 1,
  })) as unknown as EvaluationRecord[];
  keepRecords(many.slice(0, limits.records));
  expect(records.value).toHaveLength(limits.records);
  keepRecords(many);
  expect(records.value.length).toBeLessThan(limits.records);
  expect(milestones.value).toEqual({ tMem, tGrok });
  expect(records.value.at(-1)).toBe(many.at(-1));
});
