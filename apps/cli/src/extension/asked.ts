import type { LoadedExtension } from "@grok/train";
import { sweepFileOf, takesUse, withoutSubcommand } from "../arguments/operand";
import type { ProcessEnv } from "../process-env";

/** Commands whose file may name extensions under `use`. */
const sweeps = new Set(["sweep", "sweep-export"]);

/**
 * Loads the extensions of a command line: what `--use` names, wherever it stands, and what a sweep's
 * file does, as their flags are known only then. Without any, nothing is loaded.
 *
 * @throws ExtensionError in a sentence that names the file and what is wrong with it; UsageError for
 *   code that nobody has agreed to run
 */
export async function askedExtensions(
  args: readonly string[],
  processEnv: ProcessEnv,
): Promise<readonly LoadedExtension[]> {
  const typed = withoutSubcommand(args[0] === "help" ? args.slice(1) : args);
  const [command = "", ...rest] = typed;
  const files = usedFiles(rest);
  // A command without --use refuses it, and its file is not run for that.
  if (files.length > 0 && !takesUse(command, processEnv)) return [];
  const used =
    files.length === 0 ? [] : await (await import("@grok/train/node")).useExtensions(files);
  if (!sweeps.has(command)) return used;
  const trust = rest.includes("--trust");
  const file = sweepFileOf(typed, processEnv);
  if (file === null) return used;
  const { extensionsOfSweep } = await import("./sweep-extensions");
  return extensionsOfSweep(file, { used, trust }, processEnv);
}

/** What `--use` names; a value that is missing is found by the parser. */
function usedFiles(args: readonly string[]): string[] {
  return args.flatMap((arg, i) => {
    if (arg.startsWith("--use=")) return [arg.slice("--use=".length)];
    const next = args[i + 1];
    return arg === "--use" && next !== undefined && !next.startsWith("--") ? [next] : [];
  });
}
