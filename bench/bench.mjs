// Builds what has changed, quietly, and runs the comparison.  Called by `pnpm bench [flags]`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const turbo = fileURLToPath(new URL("../node_modules/.bin/turbo", import.meta.url));

const build = spawnSync(
  turbo,
  ["run", "build", "--filter=@grok/bench^...", "--output-logs=errors-only", "--log-order=grouped"],
  { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
);
if (build.status !== 0) {
  process.stderr.write(`${build.stdout ?? ""}${build.stderr ?? ""}`);
  process.stderr.write("bench: the build failed; its output is above\n");
  process.exit(1);
}

// `pnpm bench` is run from the workspace's root whatever folder the user is in: paths mean the user's.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
// `pnpm bench -- --quick` hands the separator on.
if (process.argv[2] === "--") process.argv.splice(2, 1);
const at = process.argv.indexOf("--backend");
const isWebgpu = process.argv[at + 1] === "webgpu" || process.argv.includes("--backend=webgpu");
await import(isWebgpu ? "./src/webgpu/main.ts" : "./src/main.ts");
