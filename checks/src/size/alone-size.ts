import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../packages.ts";

/**
 * What a bundle has that imports one function of a package and nothing else, minified and gzipped, in
 * bytes; with all that it depends on.
 */
export async function aloneSize(name: string, packageName: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `import { ${name} } from "${packageName}"; console.log(${name});`,
      // The command depends on every package.
      resolveDir: join(root, "apps/cli"),
    },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
    write: false,
    metafile: true,
    legalComments: "none",
    logLevel: "silent",
  });
  const first = Object.keys(metafile.outputs).find(
    (path) => metafile.outputs[path]?.entryPoint !== undefined,
  );
  const loaded = new Set<string>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const next of metafile.outputs[path]?.imports ?? []) {
      if (next.kind === "import-statement" && !next.external) load(next.path);
    }
  };
  load(first as string);
  return outputFiles
    .filter(({ path }) => [...loaded].some((each) => path.endsWith(each.slice("out".length))))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}
