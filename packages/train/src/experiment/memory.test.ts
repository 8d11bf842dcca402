import { describe, expect, it } from "vitest";
import { tiny } from "../../test/tiny";
import type { GivenFlags } from "../preset/overrides";
import { assemble } from "./assembly";
import { InsufficientMemoryError } from "./error";
import { checkAvailableMemory } from "./memory";

const gibibyte = 2 ** 30;

function available(preset: string, flags: GivenFlags, bytes: number): string | null {
  try {
    checkAvailableMemory(assemble(tiny(preset, flags)), bytes);
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(InsufficientMemoryError);
    return (error as Error).message;
  }
}

describe("memory", () => {
  it("a full batch whose logits cannot be had is refused at once, with what would fit", () => {
    expect(() => tiny("nanda", { p: 4096 })).toThrow(
      /^The run needs at least 15\d GiB of memory for a batch .* at most 13\d,\d{3} examples a step would fit\.$/,
    );
    expect(() =>
      tiny("nanda", { p: 4096, "batch-mode": "epoch", "batch-size": 512 }),
    ).not.toThrow();
  });

  it("a checkpoint that could not be read again is refused at once", () => {
    const flags = { "d-model": 4096, "n-layers": 1, "n-heads": 8 };
    expect(() => tiny("mlx", flags)).toThrow(/^A checkpoint of the run would have .* 2 GiB, which/);
  });

  it("what a machine does not have is refused, with what would fit", () => {
    const parity = { task: "parity", samples: 16_777_216, "batch-size": 32 };
    expect(available("mlx", parity, gibibyte)).toBeNull();
    expect(available("mlx", parity, 2 ** 25)).toMatch(
      /^The run needs at least 0\.0\d+ GiB of memory, 0\.0625 GiB of it for the task's 16,777,216 examples, and there are 0\.0313 GiB here: at most 6,\d{3},\d{3} examples in all would fit\.$/,
    );
    expect(available("mlx", { p: 97 }, gibibyte)).toBeNull();
    expect(available("mlp", { p: 97, width: 10_000 }, gibibyte)).toMatch(/weights, gradients/);
  });
});
