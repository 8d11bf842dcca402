import { ExtensionError } from "./error";

/** The version of what an extension is given and has to give; see {@link hostModuleNames}. */
export const hostApi = 1;

/** The most bytes that a bundled extension may have. */
export const extensionLimit = 4 * 2 ** 20;

/** Modules that an extension shares with the program that loads it; others are bundled into it. */
export const hostModuleNames = [
  "@grok/data",
  "@grok/metrics",
  "@grok/metrics/numerics",
  "@grok/metrics/prediction",
  "@grok/metrics/statistics",
  "@grok/metrics/upstream",
  "@grok/models",
  "@grok/ops",
  "@grok/optim",
  "@grok/train",
  "@grok/train/analysis",
  "@grok/train/archive",
  "@grok/train/fork",
  "@grok/train/front-end",
  "@grok/train/link",
  "@grok/train/safetensors",
  "@tensorflow/tfjs-core",
  "zod",
] as const;

const format = 1;
const marker = /^\/\/ grok extension: format (\d{1,6}), host API (\d{1,6})$/;

/** Whether a text begins as a bundled extension does. */
export function isBundled(text: string): boolean {
  return marker.test(firstLine(text));
}

/**
 * A bundled extension: a module whose default export takes the host's `require` and returns the
 * extension. So it runs on the host's one TensorFlow.js, and needs nothing beside its own file.
 *
 * @param code CommonJS whose `module.exports.default` is the extension
 */
export function wrapped(code: string): string {
  return [
    `// grok extension: format ${format}, host API ${hostApi}`,
    "export default (require) => {",
    "const module = { exports: {} };",
    "const exports = module.exports;",
    code.trimEnd(),
    "return module.exports.default;",
    "};",
    "",
  ].join("\n");
}

/**
 * Checks that bytes are a bundled extension that this version can load, without running anything.
 *
 * @param file what to call it in errors
 * @returns its text
 * @throws ExtensionError in a sentence
 */
export function readBundle(code: Uint8Array, file: string): string {
  if (code.length > extensionLimit) {
    throw new ExtensionError(
      `${file} has ${code.length} bytes as a bundle; an extension may have ${extensionLimit}.`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(code);
  } catch (cause) {
    throw new ExtensionError(`${file} is no text in UTF-8.`, { cause });
  }
  const [, version, api] = marker.exec(firstLine(text)) ?? [];
  if (version === undefined) {
    throw new ExtensionError(
      `${file} is no bundled extension: its first line is not that of grok extension bundle.`,
    );
  }
  if (Number(version) !== format || Number(api) !== hostApi) {
    throw new ExtensionError(
      `${file} was bundled as format ${version} for host API ${api}, and this version loads format ${format} for host API ${hostApi}; bundle its source again.`,
    );
  }
  return text;
}

function firstLine(text: string): string {
  return text.slice(0, 200).split("\n", 1)[0] as string;
}
