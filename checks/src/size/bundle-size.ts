import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

/** What an entry point weighs, minified and gzipped, in bytes; without what it depends on. */
export interface EntrySize {
  /** All that an import loads at once. */
  loaded: number;
  /** The largest of what is loaded when it is asked for, such as a build of the kernels. */
  onDemand: number;
}

/** Bundles a built entry point, other packages left out, and weighs it. */
export async function bundleSize(entry: string): Promise<EntrySize> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    packages: "external",
    outdir: "out",
    write: false,
    metafile: true,
    legalComments: "none",
    logLevel: "silent",
  });
  const size = (path: string) => {
    const file = outputFiles.find((each) => basename(each.path) === basename(path));
    if (file === undefined) throw new Error(`${path} is not among what was bundled`);
    return gzipSync(file.contents, { level: 9 }).length;
  };
  const total = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + size(path), 0);

  const first = Object.keys(metafile.outputs).find(
    (path) =>
      metafile.outputs[path]?.entryPoint !== undefined && basename(path) === basename(entry),
  );
  if (first === undefined) throw new Error(`${entry} gave no bundle`);
  const loaded = closure(metafile, first);
  const demanded = [...loaded].flatMap((path) => imports(metafile, path, "dynamic-import"));
  const onDemand = demanded.map((path) =>
    total([...closure(metafile, path)].filter((each) => !loaded.has(each))),
  );
  return { loaded: total(loaded), onDemand: Math.max(0, ...onDemand) };
}

/** An output and all that it imports at once. */
function closure(metafile: Metafile, path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const next of imports(metafile, path, "import-statement")) closure(metafile, next, seen);
  return seen;
}

function imports(metafile: Metafile, path: string, kind: string): string[] {
  const { imports: all = [] } = metafile.outputs[path] ?? {};
  return all.filter((each) => each.kind === kind && !each.external).map((each) => each.path);
}
