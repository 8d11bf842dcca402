import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Experiment, Extensions } from "@grok/train";
import { taskSlug } from "@grok/train/front-end";

/**
 * The folder of a run that was given none: `runs/mlx-div-seed0`, or the first of `…-2`, `…-3` that
 * does not exist.
 */
export function freeRunFolder(experiment: Experiment, extensions?: Extensions): string {
  const { preset, seed } = experiment;
  return freeFolder(join("runs", `${preset}-${taskSlug(experiment, { extensions })}-seed${seed}`));
}

/** The name, or the first of `…-2`, `…-3` that does not exist. */
export function freeFolder(name: string): string {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(folder)) return folder;
  }
}
