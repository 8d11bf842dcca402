// Prints what every entry point weighs beside its budget in docs/packages.md, and fails where one
// weighs more. Called by `pnpm sizes`, and by `pnpm test`, on what was built.
import { entryPoints } from "../packages.ts";
import { aloneSize } from "./alone-size.ts";
import { aloneBudgets, budgets } from "./budget.ts";
import { bundleSize } from "./bundle-size.ts";

const allowed = budgets();
const entries = entryPoints();
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
for (const [name, file] of entries) {
  const { loaded, onDemand } = await bundleSize(file);
  const budget = allowed.get(name);
  if (budget === undefined) {
    console.log(`✗ ${name}: docs/packages.md states no budget; it weighs ${kB(loaded)}`);
    process.exitCode = 1;
    continue;
  }
  const within = loaded <= budget.loaded && onDemand <= budget.onDemand;
  if (!within) process.exitCode = 1;
  const later = `on demand ${kB(onDemand)} of ${kB(budget.onDemand)}`;
  console.log(`${within ? "✓" : "✗"} ${name}: ${kB(loaded)} of ${kB(budget.loaded)}, ${later}`);
}
for (const name of allowed.keys()) {
  if (entries.has(name)) continue;
  console.log(`✗ ${name} has a budget in docs/packages.md, but is no entry point`);
  process.exitCode = 1;
}
for (const { name, packageName, bytes } of aloneBudgets()) {
  const size = await aloneSize(name, packageName);
  if (size > bytes) process.exitCode = 1;
  console.log(`${size <= bytes ? "✓" : "✗"} ${name} alone: ${kB(size)} of ${kB(bytes)}`);
}
