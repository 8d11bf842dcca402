import { expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "./crc32c";

test.each([
  // The vectors of RFC 3720, appendix B.4, and the check value of the catalogue of CRCs.
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 ones", new Uint8Array(32).fill(255), 0x62a8ab43],
  ["0 to 31", Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
])("the sum of %s", (_, bytes, sum) => {
  expect(crc32c(bytes)).toBe(sum);
});

test("a masked sum is rotated by 15 and shifted by a constant", () => {
  const sum = 0xe3069283;
  const rotated = ((sum >>> 15) | (sum << 17)) >>> 0;
  const masked = (rotated + 0xa282ead8) % 2 ** 32;
  expect(maskedCrc32c(new TextEncoder().encode("123456789"))).toBe(masked);
});
