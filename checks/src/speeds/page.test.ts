import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../packages.ts";
import { speedsPage } from "./page.ts";

it("docs/speeds.md is what results/bench.json says: pnpm speeds writes it", () => {
  const bench = JSON.parse(readFileSync(join(root, "results/bench.json"), "utf8"));
  expect(readFileSync(join(root, "docs/speeds.md"), "utf8")).toBe(speedsPage(bench));
});
