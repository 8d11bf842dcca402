import type { BranchRequest } from "../worker/protocol";
import { openRun, start } from "./commands";
import { engine } from "./engine";

/** What is wrong with a branch that was asked for: a sentence, and the field that it is about. */
export interface BranchFault {
  field: string | null;
  error: string;
}

/** Makes a branch of a run, shows it and trains it; or says why there is none, and changes nothing. */
export async function makeBranch(request: BranchRequest): Promise<BranchFault | null> {
  const made = await engine().branch(request);
  if (!made.ok) return made;
  await openRun(made.id);
  await start();
  return null;
}
