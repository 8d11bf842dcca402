import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../packages.ts";
import { experiments } from "./experiments.ts";
import { readResult, tableOf } from "./table.ts";

it.each(experiments)("$name is recorded as the guide tells it", async ({ name, command }) => {
  const result = await readResult(name);
  expect(result.command).toBe(command);
  const guide = await readFile(join(root, "docs/guides/what-if.md"), "utf8");
  expect(guide).toContain(tableOf(result));
  expect(guide).toContain(command);
  expect(guide).toContain(`results/${name}.json`);
  expect(guide).toContain(`images/${name}.png`);
});

it("a table counts the runs that never grokked", () => {
  const run = { seed: 0, status: "finished", t_mem: 1, t_ungrok: null };
  const runs = [
    { ...run, change: null, t_grok: 300, final_val_acc: 1 },
    { ...run, change: null, t_grok: 100, t_ungrok: 500, final_val_acc: 0.5 },
    { ...run, change: null, t_grok: null, final_val_acc: 0.25 },
  ];
  const lines = tableOf({ command: "", runs }).split("\n");
  expect(lines[2]).toBe("| none | 2 of 3 | 200 (100 to 300) | 1 | 50 (25 to 100) |");
});
