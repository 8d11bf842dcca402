import { type Experiment, resolveExperiment, train } from "@grok/train";
import { createInspector } from "../../src/network/inspector";
import type { NetworkView } from "../../src/network/view";
import type { Recorded } from "./harness";

/** Trains an experiment on tfjs's current backend and looks at every evaluation. */
export async function record(experiment: Experiment): Promise<Recorded> {
  const looker = createInspector(experiment);
  if (looker.scene.table !== null) looker.select({ a: 3, b: 5 });
  const views: NetworkView[] = [];
  const recorded: Recorded = {
    scene: looker.scene,
    views,
    records: [],
    milestones: { t_mem: null, t_grok: null },
  };
  const measure = async (parameters: Parameters<typeof looker.snapshot>[0], step: number) => {
    views.push(await looker.snapshot(parameters, step));
    return {};
  };
  for await (const event of train(experiment, { measure })) {
    if (event.type === "evaluation") recorded.records.push(event.record);
    if (event.type === "milestone") recorded.milestones[event.name] = event.step;
  }
  looker.dispose();
  return recorded;
}

/** A small run that memorises within a second or two. */
export const smallRun = () =>
  resolveExperiment({
    preset: "nanda",
    flags: { p: "13", "d-model": "32", steps: "240", "eval-every": "20", "train-fraction": "0.6" },
  });

/** An experiment whose examples never end, so that most panels cannot be had. */
export const streamRun = () =>
  resolveExperiment({
    preset: "addition-777",
    flags: { digits: "2", steps: "4", "eval-every": "2" },
  });
