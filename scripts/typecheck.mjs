// Checks the types of everything: one program for the packages, the command and the tools, and one for
// the page, whose libraries are those of a browser. Both remember what they found, so that a second
// check takes seconds. Called by `pnpm typecheck` and `pnpm test`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildKernels } from "../packages/backend/scripts/build-kernels.mjs";
import { embedTfjs } from "../packages/backend/scripts/embed-tfjs.mjs";
import { bundleGradients } from "../packages/ops/scripts/bundle-gradients.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

// The sources import what these write.
await buildKernels();
await embedTfjs();
await bundleGradients();

let status = 0;
for (const project of [".", "apps/web"]) {
  const { status: code } = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", project], {
    cwd: root,
    stdio: "inherit",
    // On Windows it is a script.
    shell: process.platform === "win32",
  });
  status ||= code ?? 1;
}
process.exit(status);
