import { type Experiment, listPresets, parseExperiment, resolveExperiment } from "@grok/train";
import { canonicalJson } from "@grok/train/front-end";
import { experimentOfLink, linkOf, uiOfLink } from "@grok/train/link";
import fc from "fast-check";
import { anyFlags } from "../../../../../packages/train/test/any-flags";
import { mutateText } from "../mutate";
import { ensure, refusal, type Target } from "../target";

const presets = listPresets().map(({ name }) => name);
const links = fc
  .sample(fc.tuple(fc.constantFrom(...presets), anyFlags), { numRuns: 400, seed: 3 })
  .flatMap(([preset, flags]) => {
    try {
      return [linkOf(resolveExperiment({ preset, flags }), { view: "waves", step: "400" })];
    } catch {
      return [];
    }
  });

/** Links: to experiments, with text changed. */
export const link: Target = {
  name: "link",
  make: (random) => mutateText(random, random.pick(links)),
  check(input) {
    let experiment: Experiment;
    try {
      experiment = experimentOfLink(input as string);
      for (const [name, value] of Object.entries(uiOfLink(input as string))) {
        ensure(/^[a-z][a-z0-9-]*$/.test(name) && value.length <= 200, "the page's state is small");
      }
    } catch (error) {
      return refusal(error, ["LinkError", "ExperimentError"]);
    }
    const read = parseExperiment(JSON.parse(JSON.stringify(experiment)));
    ensure(canonicalJson(read) === canonicalJson(experiment), "it is an experiment");
    return "valid";
  },
};
