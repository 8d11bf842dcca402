import { parameterCount } from "@grok/models";
import {
  assemble,
  type Collection,
  dataReferences,
  type Experiment,
  ExperimentError,
  ExtensionError,
  flagDefault,
  hasDataFile,
  linkOf,
  optimizerText,
  taskText,
} from "@grok/train";
import { extensionsHere, kindsHere } from "./extensions";
import type { Described } from "./protocol";

/** The newest descriptions: links are found by trial, and lists ask for the same runs again and again. */
const known = new Map<string, Described>();
const mostKnown = 300;

/** What the page says of an experiment. */
export function describe(experiment: Experiment): Described {
  const key = JSON.stringify(experiment);
  const described = known.get(key) ?? describeAnew(experiment);
  known.delete(key);
  known.set(key, described);
  if (known.size > mostKnown) known.delete(known.keys().next().value as string);
  return described;
}

function describeAnew(experiment: Experiment): Described {
  const kinds = kindsHere();
  const names = new Set(kinds.extensions.map(({ extension }) => extension.name));
  const missing = experiment.extensions?.find(({ name }) => !names.has(name));
  if (missing !== undefined) {
    throw new ExtensionError(
      `It was made with the extension ${missing.name}, whose code this page does not have; grok serve --use FILE of the same file shows it.`,
    );
  }
  const values: Described["values"] = {};
  for (const flag of kinds.flags) {
    if (flag.path === null) continue;
    const isHere = placeOf(experiment, flag.path) !== undefined;
    values[flag.name] = isHere ? flagDefault(flag, experiment, kinds) : null;
  }
  const link = linkTo(experiment);
  return {
    experiment,
    values,
    task: taskText(experiment, extensionsHere()),
    optimizer: optimizerText(experiment, extensionsHere()),
    ...sizesOf(experiment, kinds),
    link,
    controls: link === null ? null : controlsOf(link),
  };
}

/** What only a task tells that can be built: without its data files it cannot. */
function sizesOf(
  experiment: Experiment,
  kinds: Collection,
): Pick<Described, "parameters" | "chance"> {
  if (!dataReferences(experiment.task).every(hasDataFile)) return { parameters: 0, chance: null };
  const { network, task } = assemble(experiment, kinds);
  return { parameters: parameterCount(network), chance: task.chance };
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
