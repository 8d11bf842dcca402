import type { ProcessEnv } from "../process-env";
import { type Status, status } from "../status";
import type { OutputFlags } from "./output-flags";

/** Ends a command that was stopped before it touched a run. */
export function stoppedEarly({ json }: OutputFlags, processEnv: ProcessEnv): Status {
  processEnv[json ? "stderr" : "stdout"].write(
    "Stopped before the run continued; nothing was written.\n",
  );
  return status.interrupted;
}
