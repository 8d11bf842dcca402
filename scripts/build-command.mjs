// Builds what the command needs, if a source has changed since it was built last.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What a build reads, besides the folders of packages and apps. */
const files = ["pnpm-lock.yaml", "tsconfig.base.json", "tsup.config.base.ts", "turbo.json"];
/** What in a package's folder no build reads, or is what it wrote. */
const skipped = new Set([
  "dist",
  "fixtures",
  "gallery",
  "generated",
  "node_modules",
  "page",
  "test",
]);

/**
 * Builds the command, and the page too if it is asked for. Looking
 * whether anything has changed takes a tenth of turbo's time.
 *
 * @param {{ page: boolean }} options
 * @returns {string | null} what a failed build printed
 */
export function buildCommand({ page }) {
  const stamp = join(root, "node_modules/.cache", page ? "built-page" : "built-command");
  const apps = ["cli", ...(page ? ["web"] : [])];
  const state = stateOf(apps);
  const isThere = apps.every((name) => exists(join(root, "apps", name, "dist")));
  if (isThere && readOrEmpty(stamp) === state) return null;
  // Not the packages: both are bundled from their sources.
  const filters = apps.map((name) => `--filter=@grok/${name}`);
  if (!exists(join(root, "node_modules/.bin"))) {
    return "Nothing is installed yet: npx -y pnpm@12 start does that first, as does npx -y pnpm@12 install.\n";
  }
  const [program, ...before] = turboCommand(process.env.PATH ?? "");
  const options = ["run", "build", ...filters, "--output-logs=errors-only", "--log-order=grouped"];
  const { status, stdout, stderr } = spawnSync(program, [...before, ...options], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  if (status !== 0) return `${stdout ?? ""}${stderr ?? ""}`;
  mkdirSync(dirname(stamp), { recursive: true });
  // A source that was saved meanwhile is built the next time.
  writeFileSync(stamp, state);
  return null;
}

/**
 * How turbo is called. It looks for pnpm in the PATH, where `npm start` has none: npx brings it.
 *
 * @param {string} path folders of programs, as in the environment
 * @returns {string[]} the program and its first arguments
 */
export function turboCommand(path) {
  const names = process.platform === "win32" ? ["pnpm.cmd", "pnpm.exe", "pnpm.ps1"] : ["pnpm"];
  const hasPnpm = path
    .split(delimiter)
    .some((folder) => folder !== "" && names.some((name) => exists(join(folder, name))));
  const turbo = join(root, "node_modules/.bin/turbo");
  return hasPnpm ? [turbo] : ["npx", "-y", "pnpm@12", "exec", "turbo"];
}

/** A digest of names, sizes and times of all that a build of these apps reads. */
function stateOf(apps) {
  const libraries = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
  const folders = [...libraries, ...apps.map((name) => `apps/${name}`)]
    .map((name) => join(root, name))
    .filter((folder) => exists(join(folder, "package.json")));
  const hash = createHash("sha256");
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}\0${mtimeMs}\0${size}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (skipped.has(entry.name) || entry.name.startsWith(".")) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.endsWith(".md")) add(path);
    }
  };
  for (const file of files) add(join(root, file));
  for (const folder of folders) walk(folder);
  return hash.digest("hex");
}

function exists(path) {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
