import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wrapped } from "../../extension/format";
import { checkInChild } from "./check-in-child";
import { useExtensions } from "./use-extensions";

const bytes = (code: string) => new TextEncoder().encode(wrapped(code));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-use-"));
});
afterAll(() => rm(folder, { recursive: true }));

// Each check starts Node and the packages.
const patience = 120_000;

it("loads what was asked for, once, and refuses two of one name", {
  timeout: patience,
}, async () => {
  const path = join(folder, "mine.ts");
  const other = join(folder, "other.ts");
  await writeFile(path, `export default { name: "mine" as const };`);
  await writeFile(other, `export default { name: "mine", tasks: [] };`);
  const [loaded, ...more] = await useExtensions([path, path]);
  expect(more).toEqual([]);
  expect(loaded).toMatchObject({ extension: { name: "mine" }, file: "mine.ts" });
  await expect(useExtensions([path, other])).rejects.toThrow(
    "other.ts and mine.ts are both extensions of the name mine; use one of them.",
  );
});

it("finds a definition that never ends, or that ends the process", {
  timeout: patience,
}, async () => {
  await expect(checkInChild(bytes("for (;;);"), "loop.ts", 500)).rejects.toThrow(
    "loop.ts never ends while it is loaded: its definitions had 0.5 s.",
  );
  await expect(checkInChild(bytes("process.exit(0);"), "exit.ts")).rejects.toThrow(
    "exit.ts ends the process that loads it.",
  );
});
