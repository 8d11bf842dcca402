import { type Experiment, resolveExperiment } from "@grok/train";
import { describe } from "./describe";
import { extensionsHere, kindsHere } from "./extensions";
import { messageOf } from "./message";
import type { Resolved } from "./protocol";
import { largestModulus, roomProblem } from "./room";

/** The largest modulus from which a smaller one is looked for. */
const largestSought = 100_000;

/**
 * Makes a preset with flags over it into an experiment, or says why it is none. Where the flag that
 * was just changed decides which others have a meaning, those that have none beside it are left out.
 */
export function resolveFlags(
  preset: string,
  given: Record<string, string>,
  changed: string | null,
): Resolved {
  const build = (flags: Record<string, string>) =>
    resolveExperiment({ preset, flags, ...extensionsHere() });
  try {
    const experiment = build(given);
    const problem = roomProblem(experiment);
    if (problem === null) return told(experiment, []);
    return { ok: false, error: `${problem}${whatFits(given, build)}` };
  } catch (error) {
    if (isAboutMemory(error)) {
      return { ok: false, error: `${messageOf(error)}${whatFits(given, build)}` };
    }
    const value = changed === null ? undefined : given[changed];
    if (changed === null || value === undefined || !isDecisive(changed)) {
      return { ok: false, error: messageOf(error) };
    }
    try {
      let { flags, experiment } = core(given, changed, build);
      const dropped: string[] = [];
      for (const [name, other] of Object.entries(given)) {
        if (name in flags) continue;
        try {
          experiment = build({ ...flags, [name]: other });
          flags = { ...flags, [name]: other };
        } catch {
          dropped.push(name);
        }
      }
      return told(experiment, dropped);
    } catch {
      return { ok: false, error: messageOf(error) };
    }
  }
}

/** Whether an experiment was refused for what it needs, not for what it says. */
function isAboutMemory(error: unknown): boolean {
  return /GiB of memory/.test(messageOf(error));
}

/** A sentence that says which modulus would fit; empty if the modulus is not what is too large. */
function whatFits(
  given: Readonly<Record<string, string>>,
  build: (flags: Record<string, string>) => Experiment,
): string {
  const p = Number(given["p"]);
  if (!Number.isSafeInteger(p) || p > largestSought) return "";
  const fits = (modulus: number) => {
    try {
      return roomProblem(build({ ...given, p: `${modulus}` })) === null;
    } catch {
      return false;
    }
  };
  const most = largestModulus(p, fits);
  return most === null ? "" : ` A modulus p up to ${most} would fit.`;
}

/** Whether a flag says which others have a meaning: one that chooses a part, or a file to learn from. */
function isDecisive(name: string): boolean {
  const flag = kindsHere().findFlag(name);
  return flag !== undefined && (flag.decides || flag.isFile);
}

/** What stays in any case: the flag that was changed, and the files that it may go with. */
function core(
  given: Readonly<Record<string, string>>,
  changed: string,
  build: (flags: Record<string, string>) => Experiment,
): { flags: Record<string, string>; experiment: Experiment } {
  const alone = { [changed]: given[changed] as string };
  const isFile = (name: string) => kindsHere().findFlag(name)?.isFile === true;
  if (isFile(changed)) {
    try {
      const flags = Object.fromEntries(Object.entries(given).filter(([name]) => isFile(name)));
      return { flags, experiment: build(flags) };
    } catch {
      // Files of two tasks do not go together: the new one counts.
    }
  }
  return { flags: alone, experiment: build(alone) };
}

function told(experiment: Experiment, dropped: string[]): Resolved {
  return { ok: true, dropped, ...describe(experiment) };
}
