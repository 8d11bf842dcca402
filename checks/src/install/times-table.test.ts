import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../packages.ts";
import { timesTable } from "./times-table.ts";

it("docs/packages.md states the times of results/first-result.json", () => {
  const result = JSON.parse(readFileSync(join(root, "results/first-result.json"), "utf8"));
  expect(readFileSync(join(root, "docs/packages.md"), "utf8")).toContain(timesTable(result));
});
