import type { LoadedExtension } from "@grok/train";
import { expect, it } from "vitest";
import { ServedExtensions } from "./served-extensions";

const code = new TextEncoder().encode("// bundle");
const given = (name: string, sha256: string | null): LoadedExtension => ({
  extension: { name },
  file: `${name}.ts`,
  sha256,
  code: sha256 === null ? null : code,
});

it("gives the bundles that the server was started with, and nothing else", () => {
  const served = new ServedExtensions([given("d5", "a".repeat(64)), given("in-code", null)]);
  const path = `d5-${"a".repeat(16)}.mjs`;
  expect(served.list).toEqual([{ file: "d5.ts", sha256: "a".repeat(64), path }]);
  expect(served.textOf(`/extensions/${path}`)).toBe("// bundle");
  for (const other of [
    "/extensions/",
    "/extensions/../x",
    "/extensions/d5.mjs",
    "/extensions/__proto__",
  ]) {
    expect(served.textOf(other)).toBeNull();
  }
});
