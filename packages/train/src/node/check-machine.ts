import { assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { checkAvailableMemory } from "../experiment/memory";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { machineMemory } from "./machine-memory";

/**
 * Checks that a run can be done on this machine, before anything of it is made.
 *
 * @throws InsufficientMemoryError in a sentence, if there is less memory than it needs at the very least
 */
export function checkMachine(experiment: Experiment, extensions?: Extensions): void {
  checkAvailableMemory(assemble(experiment, collect(extensions)), machineMemory());
}
