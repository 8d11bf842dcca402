import { describe, expect, it } from "vitest";
import { bytes, count, countOf, duration, epochs, loss, percent, rate } from "./quantity";

describe("quantities", () => {
  it.each([
    [0, "0.0 s"],
    [9.94, "9.9 s"],
    [9.96, "10 s"],
    [59.4, "59 s"],
    [59.6, "1 min 0 s"],
    [352, "5 min 52 s"],
    [3599.6, "1 h 00 min"],
    [11_220, "3 h 07 min"],
    [86_399, "1 d 0 h"],
    [187_200, "2 d 4 h"],
    [Number.NaN, "?"],
    [Number.POSITIVE_INFINITY, "?"],
  ])("duration(%d) is %s", (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it.each([
    [2 ** 29, "512 MiB"],
    [2 ** 30, "1.0 GiB"],
    [4.26 * 2 ** 30, "4.3 GiB"],
    [120.4 * 2 ** 30, "120 GiB"],
  ])("bytes(%d) is %s", (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([
    [0.06312, "0.0631"],
    [9.8234, "9.82"],
    [99.96, "100"],
    [152.3, "152"],
    [1234.5, "1,235"],
    [Number.NaN, "?"],
  ])("rate(%d) is %s", (value, text) => {
    expect(rate(value)).toBe(text);
  });

  it.each([
    [1, "100 %"],
    [0.99999, "99.9 %"],
    [0.978, "97.8 %"],
    [0, "0.0 %"],
    [null, "–"],
    [Number.NaN, "–"],
  ])("percent(%d) is %s", (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it.each([
    [4.6052, "4.61"],
    [0.01234, "0.0123"],
    [0.0000123, "1.2e-5"],
    [0, "0.00"],
    [12_345, "1.23e+4"],
    [undefined, "–"],
  ])("loss(%d) is %s", (value, text) => {
    expect(loss(value)).toBe(text);
  });

  it("counts", () => {
    expect(count(1_126_000)).toBe("1,126,000");
    expect([countOf(1, "step"), countOf(2500, "step")]).toEqual(["1 step", "2,500 steps"]);
    expect([epochs(12), epochs(12.54), epochs(1400.4)]).toEqual(["12", "12.5", "1,400"]);
  });
});
