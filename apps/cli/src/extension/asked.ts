import type { LoadedExtension } from "@grok/train";

/** Commands that take `--use`, whose files add to their flags. */
const users = new Set([
  "train",
  "resume",
  "plot",
  "analyze",
  "sweep",
  "worker",
  "verify-resume",
  "presets",
  "serve",
]);

/**
 * Loads the extensions of a command line: what `--use` names, wherever it stands, as its flags are
 * known only then. Without any, nothing is loaded.
 *
 * @throws ExtensionError in a sentence that names the file and what is wrong with it
 */
export async function askedExtensions(
  args: readonly string[],
): Promise<readonly LoadedExtension[]> {
  const [command = "", ...rest] = args[0] === "help" ? args.slice(1) : args;
  if (!users.has(command)) return [];
  const files = usedFiles(rest);
  if (files.length === 0) return [];
  const { useExtensions } = await import("@grok/train/node");
  return useExtensions(files);
}

/** What `--use` names; a value that is missing is found by the parser. */
function usedFiles(args: readonly string[]): string[] {
  return args.flatMap((arg, i) => {
    if (arg.startsWith("--use=")) return [arg.slice("--use=".length)];
    const next = args[i + 1];
    return arg === "--use" && next !== undefined && !next.startsWith("--") ? [next] : [];
  });
}
