// Bundles a campaign with what it runs, so that its processes start in a moment, and runs it:
//
//   node packages/sweep/test/campaign/main.mjs faults 120
//   node packages/sweep/test/campaign/main.mjs throughput 1000
import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const [name, ...args] = process.argv.slice(2);
if (name !== "faults" && name !== "throughput") {
  throw new RangeError(`The campaigns are faults and throughput, not ${name}.`);
}
const sweep = fileURLToPath(new URL("../..", import.meta.url));
const tsup = fileURLToPath(new URL("../../../../node_modules/.bin/tsup", import.meta.url));
execFileSync(tsup, ["--config", "test/campaign/tsup.config.ts", "--silent"], { cwd: sweep });
const campaign = spawn(process.execPath, ["dist/campaign/campaign.js", name, ...args], {
  cwd: sweep,
  stdio: "inherit",
});
campaign.on("exit", (status) => process.exit(status ?? 1));
