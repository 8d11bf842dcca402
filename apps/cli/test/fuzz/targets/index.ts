import type { Target } from "../target";
import { archive } from "./archive";
import { checkpoint } from "./checkpoint";
import { link } from "./link";
import { analysis, config, metrics, summary } from "./run-files";
import { safetensors } from "./safetensors";
import { sweep } from "./sweep";

/** Every format that comes from others. */
export const targets: readonly Target[] = [
  safetensors,
  checkpoint,
  config,
  metrics,
  summary,
  analysis,
  archive,
  link,
  sweep,
];
