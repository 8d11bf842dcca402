import { systemRefusal } from "@grok/train/front-end";
import type { Invocation } from "./arguments/invocation";
import { parseArguments } from "./arguments/parse";
import { askedExtensions } from "./extension/asked";
import type { ProcessEnv } from "./process-env";
import { RunFailure } from "./run/failure";
import { type Status, status } from "./status";
import { styleFor } from "./terminal/style";

/**
 * The grok command: does what a command line asks for. Errors become a sentence on stderr; their
 * origin is shown with `--debug` alone.
 *
 * @param args what follows the command's name
 * @returns the exit status
 */
export async function grok(args: readonly string[], processEnv: ProcessEnv): Promise<Status> {
  try {
    const invocation = parseArguments(args, processEnv, await askedExtensions(args, processEnv));
    const ended = invocation === null ? status.done : await runCommand(invocation, processEnv);
    const refused = await processEnv.refusedOutput();
    return refused === null ? ended : sayError(outputFailure(refused), args, processEnv);
  } catch (error) {
    return sayError(error, args, processEnv);
  }
}

/** What was printed is what was asked for: where that is lost, the command has failed. */
function outputFailure(cause: Error): RunFailure {
  const reason = systemRefusal(cause)?.reason ?? cause.message;
  return new RunFailure(`What the command prints could not be written: ${reason}.`, { cause });
}

/** Says on stderr what went wrong, and gives the exit status for it. */
export function sayError(
  error: unknown,
  args: readonly string[],
  { stderr, env }: ProcessEnv,
): Status {
  stderr.write(`${styleFor(stderr, env)(["bold", "red"], "grok:")} ${sentenceOf(error)}\n`);
  if (args.includes("--debug")) stderr.write(`${stackOf(error)}\n`);
  return isWrongUse(error) ? status.usage : status.failed;
}

// Each command is loaded when it is asked for, so that help and errors do not wait for TensorFlow.
async function runCommand(
  { command, operands, given, extensions }: Invocation,
  processEnv: ProcessEnv,
): Promise<Status> {
  const [folder = "", file] = operands;
  switch (command) {
    case "train":
      return (await import("./commands/train")).train(given, processEnv, extensions);
    case "resume":
      return (await import("./commands/resume")).resume(folder, given, processEnv, extensions);
    case "fork":
      return (await import("./commands/fork")).fork(folder, given, processEnv, extensions);
    case "plot":
      return (await import("./commands/plot")).plot(folder, given, processEnv, extensions);
    case "analyze":
      return (await import("./commands/analyze")).analyze(folder, given, processEnv, extensions);
    case "inspect":
      return (await import("./commands/inspect")).inspect(folder, given, processEnv, extensions);
    case "import":
      return (await import("./commands/import")).importArchive(folder, given, processEnv);
    case "export":
      return (await import("./commands/export")).exportFile(folder, file, given, processEnv);
    case "sweep":
      return (await import("./commands/sweep")).sweep(operands[0], given, processEnv, extensions);
    case "sweep-export":
      return (await import("./commands/sweep-export")).sweepExport(
        folder,
        given,
        processEnv,
        extensions,
      );
    case "worker":
      return (await import("./commands/worker")).worker(given, processEnv, extensions);
    case "reproduce":
      return (await import("./commands/reproduce")).reproduce(operands, given, processEnv);
    case "speedrun":
      return (await import("./commands/speedrun")).speedrun(
        operands[0],
        given,
        processEnv,
        extensions,
      );
    case "runs":
      return (await import("./commands/runs")).runs(
        operands[0] ?? "runs",
        given,
        processEnv,
        extensions,
      );
    case "serve":
      return (await import("./commands/serve")).serve(operands[0], given, processEnv, extensions);
    case "verify-resume":
      return (await import("./commands/verify-resume")).verifyResume(given, processEnv, extensions);
    case "verify-queue":
      return (await import("./commands/verify-queue")).verifyQueue(given, processEnv);
    case "presets":
      return (await import("./commands/presets")).presets(given, processEnv, extensions);
    case "extension-bundle":
      return (await import("./commands/extension-bundle")).extensionBundle(
        folder,
        given,
        processEnv,
      );
    case "new":
      return (await import("./commands/new")).newExtension(folder, processEnv);
    case "backends":
      return (await import("./commands/backends")).backends(given, processEnv);
    case "completion":
      return (await import("./commands/completion")).completion(folder, processEnv);
    case "doctor":
      return (await import("./commands/doctor")).doctor(operands[0], given, processEnv);
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
