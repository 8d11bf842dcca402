import { parameterCount } from "@grok/models";
import {
  assemble,
  type Collection,
  collect,
  dataReferences,
  type Experiment,
  ExperimentError,
  type Extensions,
  hasDataFile,
} from "@grok/train";
import { changeText, flagDefault, lossText, optimizerText, taskText } from "@grok/train/front-end";
import { linkOf } from "@grok/train/link";
import { dataFilesOf } from "./data-files";
import { extensionsHere, unreadyFor } from "./extensions";
import type { Described } from "./protocol";

/** The newest descriptions: links are found by trial, and lists ask for the same runs again and again. */
const known = new Map<string, Described>();
const maxKnown = 300;

/** What the page says of an experiment. */
export function describe(experiment: Experiment): Described {
  const key = `${hasDataOf(experiment)} ${JSON.stringify(experiment)}`;
  const described = known.get(key) ?? describeAnew(experiment);
  known.delete(key);
  known.set(key, described);
  if (known.size > maxKnown) known.delete(known.keys().next().value as string);
  return described;
}

function describeAnew(experiment: Experiment): Described {
  const unready = unreadyFor(experiment);
  // Without the code that it was made with, it is what it says of itself.
  const extensions: { extensions?: Extensions } = unready === null ? extensionsHere() : {};
  const kinds = collect(extensions.extensions);
  const values: Described["values"] = {};
  for (const flag of kinds.flags) {
    if (flag.path === null) continue;
    const isHere = placeOf(experiment, flag.path) !== undefined;
    values[flag.name] = isHere ? flagDefault(flag, experiment, kinds) : null;
  }
  const link = unready === null ? linkTo(experiment) : null;
  const canBuild = unready === null && hasDataOf(experiment);
  return {
    experiment,
    values,
    task: taskText(experiment, extensions),
    optimizer: optimizerText(experiment, extensions),
    loss: lossText(experiment, extensions),
    ...(canBuild
      ? sizesOf(experiment, kinds)
      : { areValues: null, parameters: null, chance: null }),
    files: dataFilesOf(experiment),
    changes: (experiment.changes ?? []).map((change) => ({
      at: change.at,
      text: changeText(change, extensions),
    })),
    unready,
    link,
    controls: link === null ? null : controlsOf(link),
  };
}

/** Whether the data files are here that an experiment learns from. */
function hasDataOf({ task }: Experiment): boolean {
  return dataReferences(task).every(hasDataFile);
}

/** What only a task tells that can be built. */
function sizesOf(
  experiment: Experiment,
  kinds: Collection,
): Pick<Described, "areValues" | "parameters" | "chance"> {
  const { network, task } = assemble(experiment, kinds);
  return {
    areValues: task.values > 0,
    parameters: parameterCount(network),
    chance: task.chance,
  };
}

/** A link to the experiment, whatever computes it; null for one that no flags of ours give. */
function linkTo(experiment: Experiment): string | null {
  try {
    return linkOf({ ...experiment, backend: "auto", threads: null }, {}, extensionsHere());
  } catch (error) {
    if (error instanceof ExperimentError) return null;
    throw error;
  }
}

function controlsOf(link: string): NonNullable<Described["controls"]> {
  const fields = link.split("&").map((field) => field.split("=").map(decodeURIComponent));
  const { preset = "", ...given } = Object.fromEntries(fields) as Record<string, string>;
  return { preset, flags: given };
}

function placeOf(experiment: Experiment, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (parent, key) => (parent as Record<string, unknown> | null)?.[key],
      experiment,
    );
}
