/** The diagnostics channel on which a run reports its phase to the process that watches it. */
export const phaseChannel = "grok:phase";
