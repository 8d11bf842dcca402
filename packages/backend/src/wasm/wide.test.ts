import { expect, test } from "vitest";
import { hasRelaxedSimd } from "./features";
import { compileKernels, kernelBytes } from "./variant";
import { checkWide, loadWide } from "./wide";

/** f32x4.relaxed_madd; one more in the middle makes it relaxed_nmadd, which subtracts. */
const MADD = [0xfd, 0x85, 0x02];

test.skipIf(!hasRelaxedSimd())(
  "the check takes right products and no others [needs Node 24 or newer]",
  async () => {
    const bytes = await kernelBytes("wide", true);
    const relaxed = await compileKernels("relaxed", true);
    // Compiled without the revectorizer, as Bun and Deno do, it is slow, and right.
    const slow = checkWide(new WebAssembly.Module(bytes), relaxed, true);
    expect(slow).toMatchObject({ speed: expect.any(Number) });
    console.log(`without the revectorizer: ${"speed" in slow ? slow.speed.toFixed(2) : ""}`);
    for (let i = 0; i + 3 <= bytes.length; i++) {
      if (MADD.every((byte, j) => bytes[i + j] === byte)) bytes[i + 1] = 0x86;
    }
    expect(checkWide(new WebAssembly.Module(bytes), relaxed, true)).toEqual({
      missing: expect.stringMatching(/wrong products/),
    });
  },
);

test("it is compiled once", async () => {
  expect(loadWide(true)).toBe(loadWide(true));
  const shared = await loadWide(true);
  expect("speed" in shared || shared.missing !== "").toBe(true);
});
