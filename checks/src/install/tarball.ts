import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { entryPoints, type Manifest, packages, programs } from "../packages.ts";
import { pnpm } from "../pnpm.ts";

const execute = promisify(execFile);

/** Packs all packages, as built before, as a release does; gives the tarballs' paths. */
export async function packAll(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  for (const [name, entry] of entryPoints()) {
    if (!existsSync(entry)) throw new Error(`${name} is not built: pnpm build builds it`);
  }
  const published = [...packages(), ...programs()].flatMap(({ manifest }) => [
    "--filter",
    manifest.name,
  ]);
  await pnpm("--recursive", ...published, "pack", "--pack-destination", folder);
  return tarballsIn(folder);
}

/** The paths of what {@link packAll} packed into a folder. */
export async function tarballsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** The package.json in a tarball. */
export async function tarballManifest(file: string): Promise<Manifest> {
  return JSON.parse(await tarballText(file, "./package.json")) as Manifest;
}

/** A file in a tarball, by its name as {@link tarballFiles} gives it. */
export async function tarballText(file: string, name: string): Promise<string> {
  const path = name.replace(/^\.\//, "package/");
  const { stdout } = await execute("tar", ["-xzOf", file, path], { maxBuffer: 2 ** 28 });
  return stdout;
}

/** The names of the files in a tarball, as package.json writes them. */
export async function tarballFiles(file: string): Promise<string[]> {
  const { stdout } = await execute("tar", ["-tzf", file]);
  return stdout
    .trim()
    .split(/\r?\n/)
    .map((name) => name.replace(/^package\//, "./"));
}
