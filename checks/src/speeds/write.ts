// Writes docs/speeds.md from results/bench.json. Called by `pnpm speeds`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages.ts";
import { speedsPage } from "./page.ts";

const bench = JSON.parse(readFileSync(join(root, "results/bench.json"), "utf8"));
writeFileSync(join(root, "docs/speeds.md"), speedsPage(bench));
