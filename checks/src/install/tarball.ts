import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Manifest } from "../packages.ts";
import { pnpm } from "../pnpm.ts";

const execute = promisify(execFile);

/** Builds what has changed, and packs all packages as a release does; gives the tarballs' paths. */
export async function packAll(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const packages = "./packages/*";
  await pnpm("exec", "turbo", "run", "build", `--filter=${packages}`, "--output-logs=errors-only");
  await pnpm("--recursive", "--filter", packages, "pack", "--pack-destination", folder);
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** The package.json in a tarball. */
export async function tarballManifest(file: string): Promise<Manifest> {
  const { stdout } = await execute("tar", ["-xzOf", file, "package/package.json"]);
  return JSON.parse(stdout) as Manifest;
}

/** The names of the files in a tarball, as package.json writes them. */
export async function tarballFiles(file: string): Promise<string[]> {
  const { stdout } = await execute("tar", ["-tzf", file]);
  return stdout
    .trim()
    .split(/\r?\n/)
    .map((name) => name.replace(/^package\//, "./"));
}
