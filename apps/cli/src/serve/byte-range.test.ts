import { expect, it } from "vitest";
import { byteRange } from "./byte-range";

it.each([
  [undefined, null],
  ["bytes=0-", { start: 0, end: 99 }],
  ["bytes=99-", { start: 99, end: 99 }],
  ["bytes=10-19", { start: 10, end: 19 }],
  ["bytes=10-1000", { start: 10, end: 99 }],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=19-10", null],
  ["bytes=-10", null],
  ["bytes=0-1,5-6", null],
  ["lines=0-", null],
] as const)("reads %s of a file of 100 bytes", (header, range) => {
  expect(byteRange(header, 100)).toEqual(range);
});
