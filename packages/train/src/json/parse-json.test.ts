import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonError } from "./json-error";
import { parseJson } from "./parse-json";

describe("parseJson", () => {
  it("reads what JSON.parse reads, of whatever keys and values", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        fc.pre(!text.includes("__proto__"));
        expect(parseJson(text, text.length)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['{"a":1,"b":{"a":2},"a":3}', /key "a" twice/],
    ['{"a":1,"\\u0061":3}', /key "a" twice/],
    ['{"a":{"__proto__":{"polluted":1}}}', /key __proto__/],
    ['{"\\u005f_proto__":1}', /key __proto__/],
    ["[".repeat(17) + "]".repeat(17), /nested more than 16 deep/],
    ["[".repeat(5e6), /nested more than 16 deep/],
    ['{"a":', /not JSON/],
    ['{"a', /not JSON/],
    ['{"\\', /not JSON/],
    ["", /not JSON/],
    ["NaN", /not JSON/],
    [" ".repeat(101), /101 characters; allowed are 100/],
  ])("refuses %#", (text, message) => {
    const limit = message.source.includes("allowed are") ? 100 : 1e7;
    expect(() => parseJson(text, limit)).toThrow(JsonError);
    expect(() => parseJson(text, limit)).toThrow(message);
  });

  it.each(['{"a":[{"b":1},{"b":2}],"b":"\\"a\\",{"}', '["a","a",{"a":"a"}]'])(
    "accepts equal keys of different objects, and equal strings: %s",
    (text) => {
      expect(parseJson(text, 1000)).toEqual(JSON.parse(text));
    },
  );
});
