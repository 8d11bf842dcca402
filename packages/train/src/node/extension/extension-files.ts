import { basename, join } from "node:path";
import { ExtensionError } from "../../extension/error";
import { extensionLimit } from "../../extension/format";
import { loadExtension } from "../../extension/load";
import { extensionsName } from "../../extension/name";
import { collect } from "../../kind/collection";
import type { ExtensionReference, Extensions, LoadedExtension } from "../../kind/extension";
import { sha256 } from "../../run/digest";
import { readConfig } from "../../run/read";
import { readExtension, writeExtensions } from "../../run/stored-extension";
import { writeFileAtomic } from "../atomic-file";
import { DiskFiles } from "../disk-files";
import { makeFolder } from "../make-folder";
import { readRegularFile } from "../regular-file";
import { hostModules } from "./host-modules";

/** A bundle that other processes of a person load: it is what the person gave, by its digest. */
export interface ExtensionFile {
  readonly path: string;
  readonly sha256: string;
  /** Where the person had it, for errors. */
  readonly file: string;
}

/**
 * Writes extensions below a folder for other processes, as `extensions/NAME-DIGEST.mjs`: the file
 * that a person gave may change while they run.
 *
 * @throws ExtensionError for one that was defined in code, which no other process has
 */
export async function keepExtensions(
  folder: string,
  extensions: Extensions,
): Promise<ExtensionFile[]> {
  const kept: ExtensionFile[] = [];
  for (const { extension, file, sha256: digest, code } of collect(extensions).extensions) {
    if (digest === null || code === null) {
      throw new ExtensionError(
        `Extension ${extension.name} is a value in code, which other processes do not have; load it from its file by useExtensions of @grok/train/node.`,
      );
    }
    const path = join(folder, extensionsName, `${extension.name}-${digest.slice(0, 16)}.mjs`);
    await makeFolder(join(folder, extensionsName));
    await writeFileAtomic(path, code);
    kept.push({ path, sha256: digest, file });
  }
  return kept;
}

/**
 * Loads what {@link keepExtensions} wrote. **This runs their code.**
 *
 * @throws ExtensionError for a file that is another one than it was, with both digests
 */
export async function loadExtensionFiles(
  files: readonly ExtensionFile[],
): Promise<LoadedExtension[]> {
  const loaded: LoadedExtension[] = [];
  for (const { path, sha256: wanted, file } of files) {
    const code = await readRegularFile(path, extensionLimit);
    const digest = await sha256(code);
    if (digest !== wanted) {
      throw new ExtensionError(
        `${path} has changed since the sweep began: sha256 ${wanted} then, ${digest} now.`,
      );
    }
    loaded.push(await loadExtension(code, basename(file), await hostModules()));
  }
  return loaded;
}

/**
 * Adds the bundles of its extensions to a run's folder that came without them. Those that are there
 * stay.
 *
 * @throws RunError if the folder is no run, or has another extension than its config.json names
 */
export async function addExtensions(
  folder: string,
  extensions: readonly LoadedExtension[],
): Promise<void> {
  const files = new DiskFiles(folder);
  const { extensions: named = [] } = await readConfig(files, { extensions });
  const missing: ExtensionReference[] = [];
  for (const each of named) if ((await readExtension(files, each)) === null) missing.push(each);
  await writeExtensions(files, missing, extensions);
}
