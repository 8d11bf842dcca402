import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Plugin } from "esbuild";
import { licenceOf, licencesName, licencesText, packageOf } from "./licence.ts";

/**
 * Writes the licences of other people's packages that are bundled into a library beside it, if there
 * are any; the build fails if one has none.
 *
 * @param embedded what was copied from packages, into sources or beside the bundle: their names, or
 *   files of them as one imports them
 */
export function licences({ embedded = [] }: { embedded?: readonly string[] } = {}): Plugin {
  return {
    name: "licences",
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        const bundled = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
          Object.entries(inputs).flatMap(([file, { bytesInOutput }]) =>
            // What a package tells bundlers to leave out is an empty module, of nobody's.
            bytesInOutput > 0 && !file.startsWith("(disabled):")
              ? (packageOf(resolve(file)) ?? [])
              : [],
          ),
        );
        const { resolve: find } = createRequire(join(process.cwd(), "package.json"));
        const copied = embedded.flatMap((name) => packageOf(find(name)) ?? []);
        const folders = new Set([...bundled, ...copied]);
        const { outdir } = build.initialOptions;
        if (folders.size === 0 || outdir === undefined) return;
        mkdirSync(outdir, { recursive: true });
        writeFileSync(join(outdir, licencesName), licencesText([...folders].map(licenceOf)));
      });
    },
  };
}
