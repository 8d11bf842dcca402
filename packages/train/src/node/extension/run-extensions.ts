import { ExtensionError } from "../../extension/error";
import { loadExtension } from "../../extension/load";
import { extensionPath } from "../../extension/name";
import type { ExtensionReference, LoadedExtension } from "../../kind/extension";
import { readConfig } from "../../run/read";
import { readExtension } from "../../run/stored-extension";
import { DiskFiles } from "../disk-files";
import { checkInChild } from "./check-in-child";
import { hostModules } from "./host-modules";

/** What a person allows for one run. */
export interface RunExtensionsOptions {
  /** Extensions that the person gave; see `useExtensions`. */
  used?: readonly LoadedExtension[];
  /** Runs the copies in the run's folder: what they do is what the person who made the run wrote. */
  trust?: boolean;
  /** Called with each copy before it runs. */
  onTrust?: (copy: { name: string; path: string; bytes: number; sha256: string }) => void;
}

/**
 * The extensions that a run was made with, ready to continue or analyse it: those that the person
 * gave, if they are the same by their digests, or with `trust` the copies in the run's folder. Code
 * that came with a run never runs by itself.
 *
 * @returns those that the run names; none of a run without
 * @throws ExtensionError in a sentence that says how to give what is missing
 * @throws RunError if the folder is no run, or a copy is not what config.json names
 */
export async function runExtensions(
  folder: string,
  { used = [], trust = false, onTrust }: RunExtensionsOptions = {},
): Promise<LoadedExtension[]> {
  const files = new DiskFiles(folder);
  const { extensions = [] } = await readConfig(files);
  const loaded: LoadedExtension[] = [];
  for (const reference of extensions) {
    const given = used.find(({ extension }) => extension.name === reference.name);
    if (given !== undefined) loaded.push(checkSame(folder, reference, given));
    else loaded.push(await copyOf(files, reference, trust, onTrust));
  }
  return loaded;
}

function checkSame(
  folder: string,
  { name, sha256 }: ExtensionReference,
  given: LoadedExtension,
): LoadedExtension {
  if (given.sha256 === sha256) return given;
  const was = sha256 === null ? "a value in code" : `sha256 ${sha256}`;
  throw new ExtensionError(
    `${folder} was made with another extension ${name} than ${given.file}: ${was} then, sha256 ${given.sha256} now; use the file as it was then.`,
  );
}

async function copyOf(
  files: DiskFiles,
  reference: ExtensionReference,
  trust: boolean,
  onTrust: RunExtensionsOptions["onTrust"],
): Promise<LoadedExtension> {
  const { name, sha256 } = reference;
  const { folder } = files;
  if (sha256 === null) {
    throw new ExtensionError(
      `${folder} was made with the extension ${name}, which was a value in code; it continues in code that has it.`,
    );
  }
  const path = files.path(extensionPath(name));
  const code = await readExtension(files, reference);
  if (code === null) {
    throw new ExtensionError(
      `${folder} was made with the extension ${name} (sha256 ${sha256}), and ${path} is missing; give it with --use.`,
    );
  }
  if (!trust) {
    throw new ExtensionError(
      `${folder} was made with the extension ${name}, whose code never runs by itself: give the same file with --use FILE (sha256 ${sha256.slice(0, 16)}…), or trust the copy in ${path} with --trust.`,
    );
  }
  onTrust?.({ name, path, bytes: code.length, sha256 });
  await checkInChild(code, path);
  return loadExtension(code, path, await hostModules());
}
