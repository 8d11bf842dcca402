import { ExtensionError } from "../../extension/error";
import { loadExtension } from "../../extension/load";
import type { LoadedExtension } from "../../kind/extension";
import { type BundledExtension, bundleExtension } from "./bundle";
import { checkInChild } from "./check-in-child";
import { hostModules } from "./host-modules";

/** How {@link useExtensions} loads. */
export interface UseOptions {
  /** Where paths begin and packages are looked for; default this process's folder. */
  folder?: string;
  /** What is loaded already, which is given back with the rest; default none. */
  known?: readonly LoadedExtension[];
  /** Called with each other bundle before it runs; what it throws prevents that. */
  beforeRun?: (bundle: BundledExtension) => void;
}

/**
 * Loads extensions that the person at the command line asked for: each is bundled, loaded once in a
 * process of its own, where its definitions have 10 seconds, and then here. **This runs their code.**
 *
 * @param files paths to TypeScript, JavaScript or bundles, or names of packages that are installed
 * @throws ExtensionError in a sentence that names the file and what is wrong with it; also if two of
 *   them have one name
 */
export async function useExtensions(
  files: readonly string[],
  { folder, known = [], beforeRun }: UseOptions = {},
): Promise<LoadedExtension[]> {
  const used = new Map(known.map((each) => [each.extension.name, each]));
  for (const from of files) {
    const bundle = await bundleExtension(from, folder);
    const { code, file, sha256 } = bundle;
    // Asked for twice, it is the same.
    if ([...used.values()].some((each) => each.sha256 === sha256)) continue;
    beforeRun?.(bundle);
    await checkInChild(code, file);
    const loaded = await loadExtension(code, file, await hostModules());
    const { name } = loaded.extension;
    const other = used.get(name);
    if (other !== undefined) {
      throw new ExtensionError(
        `${file} and ${other.file} are both extensions of the name ${name}; use one of them.`,
      );
    }
    used.set(name, loaded);
  }
  return [...used.values()];
}
