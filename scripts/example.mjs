// Runs a file of examples/ on the packages' sources, where the user is.  Called by
// `pnpm example NAME`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const [name, ...args] = process.argv.slice(2);
const file = path(`examples/${name}.ts`);
if (name === undefined || !existsSync(file)) {
  const names = readdirSync(path("examples")).filter((each) => each.endsWith(".ts"));
  console.error(`Give one of ${names.map((each) => each.replace(".ts", "")).join(", ")}.`);
  process.exit(2);
}
const kernels = spawnSync(
  path("node_modules/.bin/turbo"),
  ["run", "kernels", "--output-logs=errors-only"],
  {
    cwd: path("."),
    encoding: "utf8",
    shell: process.platform === "win32",
  },
);
if (kernels.status !== 0) {
  process.stderr.write(`${kernels.stdout ?? ""}${kernels.stderr ?? ""}`);
  process.exit(1);
}
const source = ["--conditions=@grok/source", "--experimental-transform-types", "--no-warnings"];
const loader = ["--import", new URL("from-source.mjs", import.meta.url).href];
const { status } = spawnSync(process.execPath, [...source, ...loader, file, ...args], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: "inherit",
});
process.exit(status ?? 1);
