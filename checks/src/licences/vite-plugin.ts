import type { Plugin } from "vite";
import { licenceOf, licencesName, licencesText, packageOf } from "./licence.ts";

/**
 * Writes the licences of all packages that are bundled, in the page and in its workers, beside the
 * page; the build fails if one has none.
 *
 * @returns the plugin of the page, and the one of its workers, which are bundled before
 */
export function licences(): { page: Plugin; worker: () => Plugin } {
  const folders = new Set<string>();
  const note = (bundle: Record<string, { type: string; moduleIds?: readonly string[] }>) => {
    for (const { moduleIds = [] } of Object.values(bundle)) {
      for (const id of moduleIds) {
        // Modules that a bundler makes up have names that are no paths.
        const folder = id.startsWith("\0") ? null : packageOf(id.replace(/\?.*$/s, ""));
        if (folder !== null) folders.add(folder);
      }
    }
  };
  return {
    page: {
      name: "licences",
      generateBundle(_, bundle) {
        note(bundle);
        const source = licencesText([...folders].map(licenceOf));
        this.emitFile({ type: "asset", fileName: licencesName, source });
      },
    },
    worker: () => ({
      name: "licences-of-workers",
      generateBundle: (_, bundle) => note(bundle),
    }),
  };
}
