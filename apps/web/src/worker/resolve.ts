import { type Experiment, resolveExperiment } from "@grok/train";
import { describe } from "./describe";
import { extensionsHere, kindsHere } from "./extensions";
import { messageOf } from "./message";
import type { Resolved } from "./protocol";

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
    return told(build(given), []);
  } catch (error) {
    const value = changed === null ? undefined : given[changed];
    if (changed === null || value === undefined || !kindsHere().findFlag(changed)?.decides) {
      return { ok: false, error: messageOf(error) };
    }
    try {
      let flags: Record<string, string> = { [changed]: value };
      let experiment = build(flags);
      const dropped: string[] = [];
      for (const [name, other] of Object.entries(given)) {
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

function told(experiment: Experiment, dropped: string[]): Resolved {
  return { ok: true, dropped, ...describe(experiment) };
}
