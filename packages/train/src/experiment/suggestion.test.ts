import { describe, expect, it } from "vitest";
import { closestName, suggestion } from "./suggestion";

describe("nearest", () => {
  const names = ["weight-decay", "warmup-steps", "width", "p", "op", "lr"];
  it.each([
    ["weight-decey", "weight-decay"],
    ["weigth-decay", "weight-decay"],
    ["warmup", undefined],
    ["widht", "width"],
    ["Width", "width"],
    ["something-else", undefined],
  ])("takes %s for %s", (word, name) => {
    expect(closestName(word, names)).toBe(name);
  });

  it("prefers the fewest edits", () => {
    expect(closestName("ab", ["axb", "ab"])).toBe("ab");
  });

  it("suggests nothing where nothing is near", () => {
    expect(suggestion("xyz", names)).toBe("");
    expect(suggestion("wdth", names)).toBe("; did you mean width?");
  });
});
