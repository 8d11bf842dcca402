import { parameterCount } from "@grok/models";
import { assemble } from "../experiment/assembly";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { resolveExperiment } from "./resolve";

/** What is to be known of a preset before it is run. */
export interface PresetInfo {
  name: string;
  title: string;
  description: string;
  source: string;
  /** For people, e.g. `/ mod 97`. */
  task: string;
  /** The architecture's name. */
  model: string;
  /** How many numbers the network learns. */
  parameters: number;
}

/** Every preset, those of extensions last, in the order in which they are told. */
export function listPresets({ extensions }: { extensions?: Extensions } = {}): PresetInfo[] {
  const kinds = collect(extensions);
  return Array.from(kinds.presets, ([name, { title, description, source }]) => {
    const experiment = resolveExperiment({ preset: name, extensions });
    const { task, network } = assemble(experiment, kinds);
    return {
      name,
      title,
      description,
      source,
      task: task.name,
      model: experiment.model.architecture,
      parameters: parameterCount(network),
    };
  });
}
