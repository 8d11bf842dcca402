import { expect, it } from "vitest";
import { judgeProcessors, lookAtProcessors, quotaOf } from "./processors";

const processors = { model: "EPYC", cores: 4, quota: null, load: 0.3 };

it("names the processors", () => {
  expect(judgeProcessors(processors)).toEqual({ condition: "here", text: "4 processors, EPYC." });
});

it("says when a container or other programs leave less", () => {
  expect(judgeProcessors({ ...processors, quota: 1.5 })).toEqual({
    condition: "slow",
    text: "4 processors, EPYC; the container gets the time of 1.5, so --threads 1 may be faster.",
  });
  expect(judgeProcessors({ ...processors, load: 9 }).text).toMatch(/other programs want 9\.0/);
});

it.each([
  ["max 100000\n", null],
  ["150000 100000\n", 1.5],
  ["-1\n 100000\n", null],
  [" ", null],
])("reads a quota of %j", (text, quota) => {
  expect(quotaOf(text)).toBe(quota);
});

it("looks at those of this machine", async () => {
  expect((await lookAtProcessors()).text).toMatch(/^\d+ processors?, /);
});
