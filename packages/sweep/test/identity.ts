import { type Experiment, fingerprint, resolveExperiment } from "@grok/train";
import { optimizerText, taskText } from "@grok/train/front-end";
import { linkOf } from "@grok/train/link";
import { runName } from "../src/run/run-name";

/** What an experiment is called without its link. */
interface Names {
  /** What checkpoints are bound to. */
  fingerprint: string;
  /** Of the run in a sweep. */
  name: string;
  /** For people. */
  text: string;
}

/** What an experiment is called everywhere: none of it may ever change. */
export interface Identity extends Names {
  link: string;
}

/** See {@link Identity}. */
export async function identityOf(preset: string, flags: Record<string, string>): Promise<Identity> {
  const experiment = resolveExperiment({ preset, flags });
  return { ...(await names(experiment)), link: linkOf(experiment) };
}

/** All but the link, which is slow to make. */
export function namesOf(preset: string, flags: Record<string, string>): Promise<Names> {
  return names(resolveExperiment({ preset, flags }));
}

async function names(experiment: Experiment): Promise<Names> {
  return {
    fingerprint: await fingerprint(experiment),
    name: runName(experiment),
    text: `${taskText(experiment)}; ${optimizerText(experiment)}`,
  };
}
