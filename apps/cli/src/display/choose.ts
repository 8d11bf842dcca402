import type { EvaluationRecord } from "@grok/train";
import type { Output, ProcessEnv } from "../process-env";
import type { Display } from "./display";
import { JsonDisplay } from "./json-display";
import { LineDisplay } from "./line-display";

/**
 * The display that fits: on a terminal a live one, else lines; with `json`, records on stdout and
 * all else on stderr.
 *
 * @param options evaluations from before, of a run that is resumed
 */
export async function chooseDisplay(
  processEnv: ProcessEnv,
  { json, records }: { json: boolean; records?: readonly EvaluationRecord[] },
): Promise<Display> {
  const { stdout, stderr } = processEnv;
  const output = json ? stderr : stdout;
  // Records among the frames of a live display would tear it.
  const isLive = isTerminal(output, processEnv) && !(json && isTerminal(stdout, processEnv));
  const display = isLive
    ? new (await import("./live-display")).LiveDisplay(processEnv, { output, records })
    : new LineDisplay(output, { showsEvaluations: !json });
  return json ? new JsonDisplay(stdout, display) : display;
}

function isTerminal(output: Output, { env }: ProcessEnv): boolean {
  return output.isTTY === true && env.TERM !== "dumb";
}
