import { build, type Metafile, type Plugin } from "esbuild";
import { root } from "../packages.ts";

/**
 * The packages whose modules an import of an entry point evaluates in Node, its own included: names by
 * entry. Those that it loads later, when they are needed, are left out.
 *
 * @param entries files of sources, relative to the repository's folder
 */
export async function loadedPackages(
  entries: readonly string[],
): Promise<Map<string, Set<string>>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...entries],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@grok/source"],
    plugins: [withoutDynamicImports],
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return new Map(
    entries.map((entry) => [entry, new Set([...closure(metafile, entry)].map(packageOf))]),
  );
}

const withoutDynamicImports: Plugin = {
  name: "without-dynamic-imports",
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ kind }) =>
      kind === "dynamic-import" ? { external: true } : undefined,
    );
  },
};

/** A file and all that its import evaluates. */
function closure({ inputs }: Metafile, first: string): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { kind, path: next, external } of inputs[path]?.imports ?? []) {
      if (!external && (kind === "import-statement" || kind === "require-call")) visit(next);
    }
  };
  visit(first);
  return seen;
}

function packageOf(path: string): string {
  const [, ours] = /(?:^|\/)packages\/([^/]+)\/src\//.exec(path) ?? [];
  if (ours !== undefined) return `@grok/${ours}`;
  const [, theirs] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return theirs ?? path;
}
