import { detectGrok } from "@grok/metrics";
import { type Checkpoint, experimentOf } from "@grok/train";
import { type RunOnDisk, readCheckpoint } from "@grok/train/node";
import { count } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { UsageError } from "../usage-error";

/**
 * The checkpoint of a run that is asked for.
 *
 * @param at a step, `last`, or `t_mem` or `t_grok` for the first checkpoint from then on
 * @throws UsageError if there is none
 */
export async function checkpointAt(
  folder: string,
  run: RunOnDisk,
  at = "last",
): Promise<Checkpoint> {
  const { checkpoints } = run;
  if (checkpoints.length === 0) {
    throw new UsageError(`${folder} has no checkpoint to inspect yet.`);
  }
  const found = chosen(folder, run, at);
  if (found === undefined) {
    const steps = checkpoints.map(({ step }) => count(step));
    const shown = steps.length > 12 ? [...steps.slice(0, 6), "…", ...steps.slice(-5)] : steps;
    throw new UsageError(
      `${folder} has no checkpoint ${/^\d+$/.test(at) ? `of step ${count(Number(at))}` : `from ${at} on`}: it has ${shown.join("; ")}.`,
    );
  }
  return withFileErrors(`${found.path} cannot be read`, () => readCheckpoint(found.path));
}

function chosen(folder: string, { checkpoints, config, records }: RunOnDisk, at: string) {
  if (at === "last") return checkpoints.at(-1);
  if (/^\d+$/.test(at)) return checkpoints.find(({ step }) => step === Number(at));
  if (at !== "t_mem" && at !== "t_grok") {
    throw new UsageError(`--at must be a step, last, t_mem or t_grok, not "${at}".`);
  }
  const { grokThreshold, grokLoss, memLoss } = experimentOf(config).training;
  const { tMem, tGrok } = detectGrok(records, { grokThreshold, grokLoss, memLoss });
  const from = at === "t_mem" ? tMem : tGrok;
  if (from === null) {
    throw new UsageError(
      `${folder} has not ${at === "t_mem" ? "memorised" : "grokked"}, so it has no ${at}.`,
    );
  }
  return checkpoints.find(({ step }) => step >= from);
}
