import { channel } from "node:diagnostics_channel";
import type { TrainOptions } from "@grok/train";

/** Where a run says what it is doing; `grok verify-resume` listens in the processes that it starts. */
export const phaseChannel = "grok:phase";

const phases = channel(phaseChannel);

/** Says what a run is doing. Nobody listens in a process of its own. */
export const publishPhase: NonNullable<TrainOptions["onPhase"]> = (phase) => {
  if (phases.hasSubscribers) phases.publish(phase);
};
