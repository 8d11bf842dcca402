import { extensionPath } from "../extension/name";
import type { ExtensionReference, LoadedExtension } from "../kind/extension";
import { sha256 } from "./digest";
import { RunError } from "./error";
import type { RunFiles } from "./files";

/**
 * Writes the bundles of an experiment's extensions to its run's folder, as `extensions/NAME.mjs`.
 * Those that were defined in code have none.
 */
export async function writeExtensions(
  files: Pick<RunFiles, "write">,
  references: readonly ExtensionReference[],
  extensions: readonly LoadedExtension[],
): Promise<void> {
  for (const { name, sha256: digest } of references) {
    const loaded = extensions.find(({ extension }) => extension.name === name);
    if (loaded?.code && loaded.sha256 === digest) {
      await files.write(extensionPath(name), loaded.code);
    }
  }
}

/**
 * The bundle of an extension as a run's folder has it, which is read and not run; null if it has
 * none.
 *
 * @throws RunError if it is another one than config.json names
 */
export async function readExtension(
  files: Pick<RunFiles, "folder" | "read" | "path">,
  { name, sha256: wanted }: ExtensionReference,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = extensionPath(name);
  const code = await files.read(path);
  if (code !== null) await checkDigest(files.path(path), code, wanted);
  return code;
}

/**
 * Checks that a file of a run's extensions is what its config.json names, by digest.
 *
 * @param path the file's name in the run's folder
 * @throws RunError if it is another, or is not named
 */
export async function checkStoredExtension(
  { extensions = [] }: { extensions?: readonly ExtensionReference[] },
  path: string,
  code: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const reference = extensions.find(({ name }) => extensionPath(name) === path);
  if (reference === undefined) {
    throw new RunError(`${path} is an extension that config.json does not name.`);
  }
  await checkDigest(path, code, reference.sha256);
}

async function checkDigest(
  path: string,
  code: Uint8Array<ArrayBuffer>,
  wanted: string | null,
): Promise<void> {
  const digest = await sha256(code);
  if (digest === wanted) return;
  const named = wanted === null ? "a value in code" : `sha256 ${wanted}`;
  throw new RunError(
    `${path} is not the extension that the run was made with: config.json names ${named}, and the file has sha256 ${digest}.`,
  );
}
