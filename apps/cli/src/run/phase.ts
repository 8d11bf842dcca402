import { channel } from "node:diagnostics_channel";
import type { TrainOptions } from "@grok/train";
import { phaseChannel } from "@grok/verify/phase-channel";

const phases = channel(phaseChannel);

/** Reports what a run is doing. Only processes that `grok verify-resume` starts have a listener. */
export const publishPhase: NonNullable<TrainOptions["onPhase"]> = (phase) => {
  if (phases.hasSubscribers) phases.publish(phase);
};
