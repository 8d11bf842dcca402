import { describe, expect, test } from "vitest";
import { partsText, partText } from "./part-text";

const one = { heads: [4], neurons: [512], highestFrequency: 56 };
const two = { heads: [2, 2], neurons: [64, 64], highestFrequency: 0 };

describe("parts are counted from 1, with their layer if there are several", () => {
  test.each([
    ["head:0.0", one, "head 1"],
    ["head:1.1", two, "layer 2, head 2"],
    ["neuron:0.17", one, "neuron 18"],
    ["neuron:1.0", two, "layer 2, neuron 1"],
    ["frequency:14", one, "wave k = 14"],
  ] as const)("%s", (part, scene, text) => {
    expect(partText(part, scene)).toBe(text);
  });
});

test("several parts make one sentence", () => {
  const heads = [0, 1, 2, 3].map((head) => `head:0.${head}`);
  expect(partsText(heads.slice(0, 2), one)).toBe("head 1 and head 2");
  expect(partsText(heads, one)).toBe("head 1, head 2, head 3 and head 4");
  expect(partsText([...heads, "frequency:3"], one)).toBe("head 1, head 2 and 3 others");
});
