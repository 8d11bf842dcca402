import { expect, it } from "vitest";
import { lookAtRuntime } from "./runtime";

it.each([
  ["Node 18.20.1", "missing", /needs Node 20\.19 or later/],
  ["Node 20.18.3", "missing", /needs Node 20\.19 or later/],
  ["Node 20.19.0", "slow", /Node 24 compiles/],
  ["Node 24.21.0", "here", /^Node 24\.21\.0 on linux x64\.$/],
  ["Deno 2.9.0", "here", /^Deno 2\.9\.0 on linux x64\.$/],
  ["Bun 1.4.0", "here", /^Bun 1\.4\.0 on/],
])("%s is %s", (engine, condition, text) => {
  const found = lookAtRuntime(engine, "linux x64");
  expect(found.condition).toBe(condition);
  expect(found.text).toMatch(text);
});
