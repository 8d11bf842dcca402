import { type Experiment, experimentAt } from "@grok/train";
import { extensionsHere } from "../worker/extensions";
import type { SceneAfter } from "./scene";
import { sceneOf } from "./scene-of";

/** The steps after which other examples or another loss hold than before: 0, and those of changes. */
export function sceneSteps({ changes = [] }: Pick<Experiment, "changes">): number[] {
  const shown = ({ set = {} }: (typeof changes)[number]) =>
    Object.keys(set).some((path) => !/^(optimizer|training\.batch)\./.test(path));
  return [0, ...changes.filter(shown).map(({ at }) => at)];
}

/** What panels must know of an experiment, again from each step on after which it has changed. */
export function scenesOf(experiment: Experiment): SceneAfter[] {
  return sceneSteps(experiment).map((after) => ({
    after,
    scene: sceneOf(experimentAt(experiment, after + 1, extensionsHere())),
  }));
}
