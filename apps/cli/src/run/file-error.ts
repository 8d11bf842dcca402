import { systemRefusal } from "@grok/train/front-end";
import { UsageError } from "../usage-error";
import { RunFailure } from "./failure";

/**
 * Does something with a file or folder that the user named, and gives the system's refusal as one
 * sentence.
 *
 * @param what the beginning of that sentence: `The run cannot be written to runs/x`
 * @throws UsageError if something else must be named, RunFailure if the machine fails
 */
export async function withFileErrors<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const refused = systemRefusal(error);
    if (refused === null) throw error;
    const sentence = `${what}: ${refused.reason}.`;
    throw refused.blame === "machine"
      ? new RunFailure(sentence, { cause: error })
      : new UsageError(sentence, { cause: error });
  }
}
