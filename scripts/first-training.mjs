// Trains in a clone where nothing was built, from the sources. The next command builds the rest.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Builds of the kernels that Node takes by itself: two of six, in a third of the time. */
const kernels = ["wide-shared", "relaxed-shared"];

/**
 * Whether this is a training in a clone where the command was never built, on the kernels that Node
 * takes by itself.
 *
 * @param {readonly string[]} args the command's arguments
 * @param {Record<string, string | undefined>} env
 * @param {string} clone its folder; default the one of this file
 */
export function isFirstTraining(args, env, clone = path("")) {
  if (args[0] !== "train" || env.GROK_SIMD !== undefined) return false;
  const isThere = (name) => existsSync(join(clone, name));
  return isThere("node_modules/.bin") && !isThere("apps/cli/dist/main.js");
}

/**
 * Trains from the sources, in a process of its own that gets this one's signals.
 *
 * @param {readonly string[]} args the command's arguments
 * @returns {Promise<number>} the exit status
 */
export async function trainFromSources(args) {
  const [{ buildKernels }, { embedTfjs }, { bundleGradients }] = await Promise.all([
    import("../packages/backend/scripts/build-kernels.mjs"),
    import("../packages/backend/scripts/embed-tfjs.mjs"),
    import("../packages/ops/scripts/bundle-gradients.mjs"),
  ]);
  await Promise.all([buildKernels({ only: kernels }), embedTfjs(), bundleGradients()]);
  const source = ["--conditions=@grok/source", "--experimental-transform-types", "--no-warnings"];
  const loader = ["--import", new URL("from-source.mjs", import.meta.url).href];
  const program = [...source, ...loader, path("apps/cli/src/main.ts")];
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to both: it is for the training alone.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => resolve(status ?? 1));
  });
}
