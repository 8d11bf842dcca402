import { type ArrayJob, clusterName, quoted, useFlags } from "./array-job";

/** Where the sweep's file and folder lie, on a disk that the whole cluster sees. */
export interface SlurmJob extends ArrayJob {
  file: string;
  folder: string;
  /** Longest time of a task, as Slurm writes it; null for the cluster's own. */
  time: string | null;
}

/** Slurm's MaxArraySize is 1001 unless it was set. */
const maxTasks = 1000;

/**
 * A batch script that does a sweep as an array job of Slurm: `sbatch FILE`. Each task does its runs
 * in the sweep's own run folders. Two minutes before its time is over, or when it is preempted, a
 * task leaves a checkpoint and is queued again; it then continues exactly where it was.
 */
export function slurmScript({
  name,
  runs,
  parallel,
  threads,
  use,
  command,
  file,
  folder,
  time,
}: SlurmJob): string {
  const sweep = `sweep ${quoted(file)}${useFlags(use)} --out-dir ${quoted(folder)}`;
  const tasks = Math.min(runs, maxTasks);
  const most = parallel === null ? "" : `%${parallel}`;
  const options = [
    `--job-name=${clusterName(name)}`,
    `--array=0-${tasks - 1}${most}`,
    `--cpus-per-task=${threads}`,
    ...(time === null ? [] : [`--time=${time}`]),
    "--requeue",
    "--open-mode=append",
    "--signal=B:TERM@120",
    `--output=${folder.includes(" ") ? `"${folder}/slurm-%A_%a.log"` : `${folder}/slurm-%A_%a.log`}`,
  ];
  return `#!/usr/bin/env bash
${options.map((option) => `#SBATCH ${option}`).join("\n")}
# ${runs === 1 ? "A run" : `${runs} runs`} of grok; sbatch this file, then let grok sweep gather: it finds every run done.
#   mkdir -p ${quoted(folder)} && sbatch THIS_FILE
#   ${command} ${sweep}
set -uo pipefail

child=
stopped=
trap 'stopped=1; [ -n "$child" ] && kill -TERM "$child" 2>/dev/null' TERM

# A task may find the lock of a node that ended without a word: --take-over waits for its lease.
worst=0
for ((index = SLURM_ARRAY_TASK_ID; index < ${runs}; index += ${tasks})); do
  ${command} ${sweep} --only-index "$index" --threads ${threads} --take-over &
  child=$!
  wait "$child"
  status=$?
  # A signal ends the waiting at once; the run's last checkpoint is worth waiting for again.
  while kill -0 "$child" 2>/dev/null; do wait "$child"; status=$?; done
  child=
  if [ -n "$stopped" ]; then
    scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
    exit 0
  fi
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
done
exit "$worst"
`;
}
