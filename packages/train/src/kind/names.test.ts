import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";
import { collect } from "./collection";

const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Where experiments are handled, whatever they are made of. */
const places = ["packages/train/src", "packages/sweep/src", "apps/cli/src", "apps/web/src"];

/** Where kinds are defined, and where experiments are named as data: presets and lessons. */
const exempt =
  /^packages\/train\/src\/(kinds|preset\/sources)\/|^apps\/web\/src\/lessons\/|\.test\.tsx?$/;

/** The names of every kind that an experiment may be made of. */
function names(): string[] {
  const { tasks, models, losses, optimizers, transforms, schedules } = collect();
  const all = [tasks, models, losses, optimizers, transforms, schedules];
  return [...new Set([...all.flatMap((kinds) => [...kinds.keys()]), "transformer"])];
}

it("nobody asks for a kind by its name outside of its definition", async () => {
  const alternatives = names()
    .map((name) => name.replace(/[^a-z0-9]/g, "\\$&"))
    .join("|");
  // A comparison, a case, or a key of an object that is looked up: not a text that only says it.
  const asks = new RegExp(`(?:[=!]==\\s*|\\bcase\\s+)["'](?:${alternatives})["']`);
  const found: string[] = [];
  for (const place of places) {
    const files = await readdir(join(root, place), { recursive: true, withFileTypes: true });
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      const name = relative(root, path).replaceAll("\\", "/");
      if (!file.isFile() || !/\.tsx?$/.test(name) || exempt.test(name)) continue;
      const lines = (await readFile(path, "utf8")).split("\n");
      for (const [i, line] of lines.entries()) {
        if (asks.test(line)) found.push(`${name}:${i + 1}: ${line.trim()}`);
      }
    }
  }
  expect(found).toEqual([]);
});
