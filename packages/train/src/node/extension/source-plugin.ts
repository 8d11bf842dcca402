import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, extname, join, relative, sep } from "node:path";
import type {
  Loader,
  OnLoadResult,
  OnResolveArgs,
  OnResolveResult,
  Plugin,
  PluginBuild,
} from "esbuild";
import { hostModuleNames, isBundled } from "../../extension/format";

/** Where modules lie that this plugin found, in errors and in the comments of a bundle. */
export const sourceNamespace = "grok";

const loaders: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "jsx",
  ".json": "json",
  ".txt": "text",
  ".csv": "text",
  ".tsv": "text",
};

/** What was found while bundling. */
export interface Found {
  /** The entry's bytes, if it is a bundle already. */
  bundle: Uint8Array<ArrayBuffer> | null;
  /** The file that the entry turned out to be. */
  entry: string | null;
}

/**
 * Finds and reads an extension's modules for esbuild. A module is called by its place below the
 * entry, or by its package and version, so that a bundle has the same bytes wherever it is made; the
 * host's modules stay outside, and what only Node has is refused.
 */
export function sourcePlugin(found: Found): Plugin {
  return {
    name: "grok-extension",
    setup(build) {
      build.onResolve({ filter: /.*/ }, (args) => resolveModule(build, args, found));
      build.onLoad({ filter: /.*/, namespace: sourceNamespace }, ({ pluginData }) =>
        load(pluginData as string, found),
      );
    },
  };
}

async function resolveModule(
  build: PluginBuild,
  { path, kind, resolveDir, importer, pluginData }: OnResolveArgs,
  found: Found,
): Promise<OnResolveResult | undefined> {
  // Asked by itself, below.
  if (pluginData === resolving) return undefined;
  if ((hostModuleNames as readonly string[]).includes(path)) return { path, external: true };
  const refusal = refusalOf(path);
  if (refusal !== null) return { errors: [{ text: refusal }] };
  const at = await build.resolve(path, { kind, resolveDir, importer, pluginData: resolving });
  if (at.errors.length > 0) {
    return { errors: [{ text: `${path} cannot be found` }] };
  }
  if (at.namespace !== "file" || at.external) return { ...at, pluginData: undefined };
  found.entry ??= at.path;
  return {
    path: await stableName(at.path, dirname(found.entry)),
    namespace: sourceNamespace,
    sideEffects: at.sideEffects,
    pluginData: at.path,
  };
}

const resolving = Symbol("resolving");

function refusalOf(path: string): string | null {
  if (isBuiltin(path)) {
    return `${path} is Node's own, and an extension runs on a page as well`;
  }
  if (/^(@grok|@tensorflow|zod)(\/|$)/.test(path)) {
    return `${path} is not among what an extension may import from its host: ${hostModuleNames.join(", ")}`;
  }
  return null;
}

async function load(file: string, found: Found): Promise<OnLoadResult> {
  const loader = loaders[extname(file).toLowerCase()];
  if (loader === undefined) {
    const allowed = Object.keys(loaders).join(", ");
    return {
      errors: [
        { text: `${extname(file) || "no ending"} cannot be bundled; allowed are ${allowed}` },
      ],
    };
  }
  const bytes = await readFile(file);
  const text = bytes.toString();
  if (file === found.entry && isBundled(text)) {
    found.bundle = new Uint8Array(bytes);
    return { contents: "export default null", loader: "js" };
  }
  // A checkout on Windows has other line ends, which comments would keep.
  const contents = loader === "text" || loader === "json" ? text : text.replace(/\r\n?/g, "\n");
  return { contents, loader, resolveDir: dirname(file) };
}

/** What a module is called whatever folder the project lies in: `lib/group.ts`, `ml-matrix@6.12.1/src/matrix.js`. */
async function stableName(file: string, root: string): Promise<string> {
  const marker = `${sep}node_modules${sep}`;
  const at = file.lastIndexOf(marker);
  if (at < 0) return posix(relative(root, file));
  const within = file.slice(at + marker.length).split(sep);
  const parts = within[0]?.startsWith("@") ? 2 : 1;
  const folder = join(file.slice(0, at + marker.length), ...within.slice(0, parts));
  const manifest = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  const { version = "0" } = JSON.parse(manifest) as { version?: string };
  return `${within.slice(0, parts).join("/")}@${version}/${within.slice(parts).join("/")}`;
}

function posix(path: string): string {
  return path.split(sep).join("/");
}
