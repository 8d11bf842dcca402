import { printable } from "../experiment/printable";
import type { LoadedExtension } from "../kind/extension";
import { sha256 } from "../run/digest";
import { checkExtension } from "./check-extension";
import { ExtensionError } from "./error";
import { readBundle } from "./format";
import type { HostModules } from "./host-modules";

/**
 * Runs a bundled extension and gives what it defines. **This runs the code**: whether that is wanted
 * is the caller's to know.
 *
 * @param code bytes of `grok extension bundle`, at most 4 MiB
 * @param file what to call it in errors
 * @param modules what it gets for `import`s of the host's packages
 * @throws ExtensionError in a sentence with the file's name, if it cannot be loaded or defines no
 *   extension
 */
export async function loadExtension(
  code: Uint8Array<ArrayBuffer>,
  file: string,
  modules: HostModules,
): Promise<LoadedExtension> {
  const text = readBundle(code, file);
  const digest = await sha256(code);
  const value = await evaluate(text, file, digest, modules);
  return { extension: checkExtension(value, file), sha256: digest, code, file };
}

async function evaluate(
  text: string,
  file: string,
  digest: string,
  modules: HostModules,
): Promise<unknown> {
  // The bytes that were checked are those that run: nothing is read from a disk again.
  const named = `${text}//# sourceURL=grok-extension/${digest.slice(0, 16)}.mjs\n`;
  const { address, release } = addressOf(named);
  try {
    const { default: define } = (await import(/* @vite-ignore */ address)) as { default?: unknown };
    if (typeof define !== "function") {
      throw new ExtensionError(`${file} is no bundled extension: it exports no function.`);
    }
    return define((name: unknown) => required(name, file, modules));
  } catch (error) {
    if (error instanceof ExtensionError) throw error;
    throw new ExtensionError(`${file} throws while it is loaded: ${said(error)}`, { cause: error });
  } finally {
    release();
  }
}

/** An address that a module's text can be imported from: Node knows no blobs there, and a page's policy allows no data. */
function addressOf(text: string): { address: string; release: () => void } {
  if (typeof (globalThis as { importScripts?: unknown }).importScripts !== "function") {
    return { address: `data:text/javascript,${encodeURIComponent(text)}`, release: () => {} };
  }
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return { address, release: () => URL.revokeObjectURL(address) };
}

function required(name: unknown, file: string, modules: HostModules): unknown {
  if (typeof name === "string" && Object.hasOwn(modules, name)) return modules[name];
  throw new ExtensionError(
    `${file} imports ${printable(String(name))}, which this program does not have; it has ${Object.keys(modules).join(", ")}.`,
  );
}

/** What was thrown, as the end of a sentence. */
function said(error: unknown): string {
  const isText = error instanceof Error || typeof error === "string";
  if (!isText) return "something that is no error.";
  const text = printable(String(error instanceof Error ? error.message : error)).trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
