import { describe, expect, it } from "vitest";
import { runFuzz } from "./fuzz/run-fuzz";
import { targets } from "./fuzz/targets/index";

// A slice of what test/fuzz/fuzz.ts does; results/fuzz.json has the counts of whole runs.
const cases: Record<string, number> = { safetensors: 3000, checkpoint: 500, sweep: 300, link: 500 };

describe("a case that nobody meant", () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    "is read as %s or refused in a sentence",
    async (name, target) => {
      const count = cases[name] ?? 1000;
      const { valid, refused } = await runFuzz(target, count, 20261121);
      // Both must happen, or the cases try nothing.
      expect(valid).toBeGreaterThan(count / 100);
      expect(refused).toBeGreaterThan(count / 100);
    },
  );
});
