// Packs what a machine with a GPU needs, and may have no network to fetch, into one file; after it is
// unpacked there, ./measure does all of it:
//   pnpm gpu-archive [FILE]    (default: grok-gpu.tar.xz)
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? "grok-gpu.tar.xz");

/** What the archive may take at most. */
const MAX_BYTES = 60 * 2 ** 20;

/** Files that nothing on the way from `measure` reads: other forms of the same, maps, types, texts. */
const SPARE =
  /\.(map|d\.ts|d\.mts|d\.cts|flow|md|markdown|txt|ts\.snap)$|\.min\.js$|\.(fesm|es2017)(\.min)?\.js$|\/(test|tests|docs|benchmarks|demo)\/|@tensorflow\/[^/]+\/src\//;

const MEASURE = `#!/bin/sh
# Measures grok on this machine's graphics device; ./measure --help lists the flags.
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/node" --no-warnings "$here/bench/src/webgpu/visit.ts" "$@"
`;

function run(command, args, options = {}) {
  const { status, error, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
    ...options,
  });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().split("\n").at(-1);
  process.stderr.write(`gpu-archive: ${command} ${args[0]} failed: ${reason}\n`);
  process.exit(1);
}

/** Removes what is spare, and says nothing of what cannot be there. */
function prune(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (
      entry.isFile() &&
      SPARE.test(path.slice(folder.length)) &&
      !/licen|notice/i.test(entry.name)
    ) {
      rmSync(path);
    }
  }
}

if (process.platform !== "linux" || process.arch !== "x64") {
  process.stderr.write(
    "gpu-archive: it holds the Node of the machine that packs it, which must be Linux on x64.\n",
  );
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), "grok-gpu-"));
try {
  const archive = join(folder, "grok-gpu");
  const bench = join(archive, "bench");
  const pnpm = ["-y", "pnpm@12"];
  process.stderr.write("building …\n");
  run(join(root, "node_modules/.bin/turbo"), ["run", "build", "--filter=@grok/bench^..."]);
  process.stderr.write("packing …\n");
  const deploy = [
    "--filter",
    "@grok/bench",
    "deploy",
    "--prod",
    "--legacy",
    "--config.node-linker=hoisted",
  ];
  run("npx", [...pnpm, ...deploy, bench]);
  prune(join(bench, "node_modules"));
  const dawn = join(bench, "node_modules/webgpu/dist");
  for (const name of readdirSync(dawn))
    if (name !== "linux-x64") rmSync(join(dawn, name), { recursive: true });
  // The bench finds it beside itself, as in the repository.
  const adapter = "packages/backend/scripts/software-adapter.mjs";
  cpSync(join(root, adapter), join(archive, adapter));
  const node = createRequire(import.meta.url).resolve("node/bin/node", { paths: [root] });
  cpSync(node, join(archive, "node"), { dereference: true });
  cpSync(join(root, "LICENSE"), join(archive, "LICENSE"));
  writeFileSync(join(archive, "measure"), MEASURE);
  for (const name of ["node", "measure"]) chmodSync(join(archive, name), 0o755);
  run("tar", ["-C", folder, "-cf", target, "--use-compress-program", "xz -T0 -6", "grok-gpu"]);
  const { size } = statSync(target);
  const text = `${(size / 2 ** 20).toFixed(1)} MiB`;
  if (size > MAX_BYTES) {
    process.stderr.write(
      `gpu-archive: ${target} has ${text}; ${MAX_BYTES / 2 ** 20} MiB are allowed.\n`,
    );
    process.exitCode = 1;
  } else
    process.stdout.write(
      `${target}: ${text}. Unpack it there (tar -xJf), and run ${join("grok-gpu", "measure")}.\n`,
    );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
