// Builds what has changed, quietly, and runs the grok command in this process, so that signals and
// the exit status are its own.  Called by `pnpm grok …` and `pnpm start`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const turbo = fileURLToPath(new URL("../node_modules/.bin/turbo", import.meta.url));

const build = spawnSync(
  turbo,
  ["run", "build", "--output-logs=errors-only", "--log-order=grouped"],
  {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  },
);
if (build.status !== 0) {
  process.stderr.write(`${build.stdout ?? ""}${build.stderr ?? ""}`);
  process.stderr.write("grok: the build failed; its output is above\n");
  process.exit(1);
}

// `pnpm grok` is run from the workspace's root whatever folder the user is in: paths mean the user's.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
// `pnpm grok -- train …` hands the separator on.
if (process.argv[2] === "--") process.argv.splice(2, 1);
await import("../apps/cli/dist/main.js");
