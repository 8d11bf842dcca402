import { type Status, status } from "../status";
import type { World } from "../world";
import type { OutputFlags } from "./output-flags";

/** Ends a command that was stopped before it touched a run. */
export function stoppedEarly({ json }: OutputFlags, world: World): Status {
  world[json ? "stderr" : "stdout"].write("Stopped before the run went on; nothing was written.\n");
  return status.interrupted;
}
