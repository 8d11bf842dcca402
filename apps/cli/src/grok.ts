import { systemRefusal } from "@grok/train";
import type { Invocation } from "./arguments/invocation";
import { parseArguments } from "./arguments/parse";
import { askedExtensions } from "./extension/asked";
import { RunFailure } from "./run/failure";
import { type Status, status } from "./status";
import { styleFor } from "./terminal/style";
import type { World } from "./world";

/**
 * The grok command: does what a command line asks for. Errors become a sentence on stderr; their
 * origin is shown with `--debug` alone.
 *
 * @param args what follows the command's name
 * @returns the exit status
 */
export async function grok(args: readonly string[], world: World): Promise<Status> {
  try {
    const invocation = parseArguments(args, world, await askedExtensions(args, world));
    const ended = invocation === null ? status.done : await runCommand(invocation, world);
    const refused = await world.refusedOutput();
    return refused === null ? ended : sayError(outputFailure(refused), args, world);
  } catch (error) {
    return sayError(error, args, world);
  }
}

/** What was printed is what was asked for: where that is lost, the command has failed. */
function outputFailure(cause: Error): RunFailure {
  const reason = systemRefusal(cause)?.reason ?? cause.message;
  return new RunFailure(`What the command prints could not be written: ${reason}.`, { cause });
}

/** Says on stderr what went wrong, and gives the exit status for it. */
export function sayError(error: unknown, args: readonly string[], { stderr, env }: World): Status {
  stderr.write(`${styleFor(stderr, env)(["bold", "red"], "grok:")} ${sentenceOf(error)}\n`);
  if (args.includes("--debug")) stderr.write(`${stackOf(error)}\n`);
  return isWrongUse(error) ? status.usage : status.failed;
}

// Each command is loaded when it is asked for, so that help and errors do not wait for TensorFlow.
async function runCommand(
  { command, operands, given, extensions }: Invocation,
  world: World,
): Promise<Status> {
  const [folder = "", file] = operands;
  switch (command) {
    case "train":
      return (await import("./commands/train")).train(given, world, extensions);
    case "resume":
      return (await import("./commands/resume")).resume(folder, given, world, extensions);
    case "fork":
      return (await import("./commands/fork")).fork(folder, given, world, extensions);
    case "plot":
      return (await import("./commands/plot")).plot(folder, given, world, extensions);
    case "analyze":
      return (await import("./commands/analyze")).analyze(folder, given, world, extensions);
    case "inspect":
      return (await import("./commands/inspect")).inspect(folder, given, world, extensions);
    case "import":
      return (await import("./commands/import")).importArchive(folder, given, world);
    case "export":
      return (await import("./commands/export")).exportFile(folder, file, given, world);
    case "sweep":
      return (await import("./commands/sweep")).sweep(operands[0], given, world, extensions);
    case "sweep-export":
      return (await import("./commands/sweep-export")).sweepExport(
        folder,
        given,
        world,
        extensions,
      );
    case "worker":
      return (await import("./commands/worker")).worker(given, world, extensions);
    case "reproduce":
      return (await import("./commands/reproduce")).reproduce(operands, given, world);
    case "runs":
      return (await import("./commands/runs")).runs(
        operands[0] ?? "runs",
        given,
        world,
        extensions,
      );
    case "serve":
      return (await import("./commands/serve")).serve(operands[0], given, world, extensions);
    case "verify-resume":
      return (await import("./commands/verify-resume")).verifyResume(given, world, extensions);
    case "verify-queue":
      return (await import("./commands/verify-queue")).verifyQueue(given, world);
    case "presets":
      return (await import("./commands/presets")).presets(given, world, extensions);
    case "extension-bundle":
      return (await import("./commands/extension-bundle")).extensionBundle(folder, given, world);
    case "new":
      return (await import("./commands/new")).newExtension(folder, world);
    case "backends":
      return (await import("./commands/backends")).backends(given, world);
    case "completion":
      return (await import("./commands/completion")).completion(folder, world);
    case "doctor":
      return (await import("./commands/doctor")).doctor(operands[0], given, world);
  }
}

/** Errors say so themselves; `instanceof` would not do, as packages may hold a class twice. */
function isWrongUse(error: unknown): boolean {
  return error instanceof Error && "isWrongUse" in error && error.isWrongUse === true;
}

/** The machine's want, which is said in a sentence wherever it shows. */
function isWantOfMemory(error: unknown): boolean {
  return error instanceof Error && error.name === "MemoryError";
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isClear = isWrongUse(error) || error instanceof RunFailure || isWantOfMemory(error);
  return isClear ? message : `${message} (--debug shows where this comes from)`;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack = error.message, cause } = error;
  return cause === undefined ? stack : `${stack}\nCaused by: ${stackOf(cause)}`;
}
