import { expect, it } from "vitest";
import { fullCount, powerOfTen, shortCount } from "./number-format";

it("shortens counts", () => {
  expect([0, 1, 800, 1000, 2500, 100_000, 1_500_000, 2e9].map(shortCount)).toEqual([
    "0",
    "1",
    "800",
    "1k",
    "2.5k",
    "100k",
    "1.5M",
    "2G",
  ]);
});

it("writes counts in full with commas", () => {
  expect([0, 999, 1000, 251_800, 1_126_000, 1234.5].map(fullCount)).toEqual([
    "0",
    "999",
    "1,000",
    "251,800",
    "1,126,000",
    "1,234.5",
  ]);
});

it("writes powers of ten", () => {
  expect([1, 1000, 1e-5, 2e-5, 5e12].map(powerOfTen)).toEqual([
    "10^{0}",
    "10^{3}",
    "10^{−5}",
    "2×10^{−5}",
    "5×10^{12}",
  ]);
});
