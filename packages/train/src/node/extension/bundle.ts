import { realpath } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import type { BuildFailure } from "esbuild";
import { ExtensionError } from "../../extension/error";
import { extensionLimit, isBundled, readBundle, wrapped } from "../../extension/format";
import { sha256 } from "../../run/digest";
import { RunError } from "../../run/error";
import { systemRefusal } from "../../run/system-error";
import { readRegularFile } from "../regular-file";
import { type Found, sourceNamespace, sourcePlugin } from "./source-plugin";

/** An extension as one module, which has not been run. */
export interface BundledExtension {
  /** Where it came from, for errors: `d5.ts`, or a package's name. */
  file: string;
  code: Uint8Array<ArrayBuffer>;
  sha256: string;
}

/** The version that bundles: another one may give other bytes, and so another experiment. */
const esbuildVersion = "0.28.2";

/** What every bundle is written for: Node 20 and the browsers of its time. */
const target = "es2022";

/**
 * Bundles an extension to one module with esbuild, which is loaded for this. The same sources give
 * the same bytes on every machine and in every folder. A file that `grok extension bundle` wrote is
 * taken as it is. Nothing of it runs.
 *
 * @param from a path to TypeScript or JavaScript, or the name of a package that is installed
 * @param folder where paths begin and packages are looked for; default this process's
 * @throws ExtensionError in a sentence, if there is no such file, it does not compile, or it imports
 *   what an extension cannot have
 */
export async function bundleExtension(
  from: string,
  folder = process.cwd(),
): Promise<BundledExtension> {
  const isPath = /^\.{0,2}[/\\]|^[A-Za-z]:[/\\]/.test(from) || extname(from) !== "";
  const path = await realpath(resolve(folder, from)).catch(() => null);
  if (path === null && isPath) throw new ExtensionError(`There is no file ${from}.`);
  const file = path === null ? from : basename(from);
  if (path !== null) {
    const code = await read(path, from);
    if (isBundled(text(code.subarray(0, 200)))) return checked(code, file);
  }
  const found: Found = { bundle: null, entry: null };
  const specifier = path === null ? from : `./${basename(path)}`;
  const place = path === null ? folder : dirname(path);
  const compiled = await compile(specifier, place, found, from);
  return checked(found.bundle ?? new TextEncoder().encode(wrapped(compiled)), file);
}

async function checked(code: Uint8Array<ArrayBuffer>, file: string): Promise<BundledExtension> {
  readBundle(code, file);
  return { file, code, sha256: await sha256(code) };
}

async function read(path: string, shown: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readRegularFile(path, extensionLimit);
  } catch (cause) {
    // What is no regular file, or too large, is said in a sentence of ours.
    if (cause instanceof RunError) {
      throw new ExtensionError(cause.message.replace(path, shown), { cause });
    }
    const reason = systemRefusal(cause)?.reason.replace(path, shown) ?? "the system refuses it";
    throw new ExtensionError(`${shown} cannot be read: ${reason}.`, { cause });
  }
}

async function compile(
  specifier: string,
  folder: string,
  found: Found,
  shown: string,
): Promise<string> {
  const { build } = await esbuild(shown);
  try {
    const { outputFiles } = await build({
      stdin: {
        contents: `export { default } from ${JSON.stringify(specifier)};`,
        resolveDir: folder,
        sourcefile: "extension.js",
      },
      absWorkingDir: resolve(folder),
      bundle: true,
      write: false,
      format: "cjs",
      platform: "browser",
      target,
      charset: "utf8",
      legalComments: "none",
      define: { "process.env.NODE_ENV": '"production"' },
      // Whatever tsconfig.json lies around.
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
      logLevel: "silent",
      plugins: [sourcePlugin(found)],
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    throw new ExtensionError(sentenceOf(error as BuildFailure, shown), { cause: error });
  }
}

async function esbuild(shown: string): Promise<typeof import("esbuild")> {
  const module = await import("esbuild").catch(() => null);
  if (module?.version === esbuildVersion) return module;
  const has = module === null ? "" : `, and this is ${module.version}`;
  throw new ExtensionError(
    `To bundle ${shown} takes esbuild ${esbuildVersion}${has}: npm install esbuild@${esbuildVersion}, or use a file that grok extension bundle made.`,
  );
}

/** The first thing that esbuild found wrong. */
function sentenceOf(error: BuildFailure, shown: string): string {
  const [first] = error.errors ?? [];
  if (first === undefined) {
    return `${shown} cannot be bundled: esbuild does not run here; npm install esbuild@${esbuildVersion} brings it for this system.`;
  }
  if (/^No matching export in .* for import "default"$/.test(first.text)) {
    return `${shown} has no default export; an extension ends in export default defineExtension({ name: "…", … }).`;
  }
  if (first.text.startsWith("Top-level await")) {
    return `${shown} cannot be bundled: an extension cannot await outside of a function.`;
  }
  const { file, line, column } = first.location ?? { file: "", line: 0, column: 0 };
  const name = file.replace(`${sourceNamespace}:`, "");
  const where = name === "" || name === "extension.js" ? "" : `${name}:${line}:${column + 1}: `;
  return `${shown} cannot be bundled: ${where}${first.text}.`;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
