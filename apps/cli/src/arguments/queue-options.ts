import { backendChoices } from "@grok/train/front-end";
import type { Command } from "commander";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";
import { addTrustOfSweep, addUse } from "./use-options";

const title = "Queue:";

/** The options of `grok sweep` that send its runs to other machines. */
export function addSweepQueueOptions(command: Command, given: GivenFlags): void {
  addQueue(
    command,
    given,
    "let the workers of this queue do the runs: redis://HOST, or rediss:// over TLS; env: what GROK_QUEUE says",
  );
  addOption(command, given, {
    name: "keep-hours",
    value: "n",
    title,
    help: "hours that results stay with the queue once they are here, for another machine (default: 24)",
  });
  addOption(command, given, {
    name: "again",
    title,
    help: "do runs again whose results another machine took and the queue has no more",
  });
  addTaskOptions(command, given);
}

/** The options of `grok sweep` as a task of an array job calls it, which `grok sweep export` writes. */
function addTaskOptions(command: Command, given: GivenFlags): void {
  addOption(command, given, {
    name: "only-index",
    value: "n",
    title: "Sweep:",
    help: "do this run alone, counted from 0, as a task of an array job does",
  });
}

/** The options of `grok sweep export`. */
export function addSweepExportOptions(command: Command, given: GivenFlags): void {
  const options = [
    ["slurm", undefined, "a batch script for sbatch"],
    ["kubernetes", undefined, "a manifest for kubectl apply"],
    ["out", "file", "where it is written (default: stdout)"],
    ["out-dir", "dir", "folder of the sweep, which all nodes see (default: runs/sweeps/NAME)"],
    ["jobs", "n", "runs at once, at most"],
    ["threads", "n", "cores, and so threads, of each run (default: 1)"],
    ["command", "text", "what grok is called there (default: grok)"],
    ["time", "h:mm:ss", "Slurm: the longest that a task may take"],
    ["image", "name", "Kubernetes: an image that has grok"],
    ["claim", "name", "Kubernetes: a volume claim that several nodes can write"],
  ] as const;
  for (const [name, value, help] of options) {
    addOption(command, given, { name, value, title: "Export:", help });
  }
  addUse(command, given, "Export:");
  addTrustOfSweep(command, given, "Export:");
}

/** The options of `grok worker`. */
export function addWorkerOptions(command: Command, given: GivenFlags): void {
  addQueue(
    command,
    given,
    "where runs come from: redis://HOST, or rediss:// over TLS (default: what GROK_QUEUE says)",
  );
  const options = [
    ["jobs", "n", "runs at a time (default: 1)"],
    ["threads", "n", "threads of each run; the cores divided among the jobs by default"],
    [
      "backend",
      "name",
      `the backend of runs that begin here: ${backendChoices.join(", ")} (default: as each run asks)`,
    ],
    ["dir", "dir", "where runs lie while they are done (default: a folder for temporary files)"],
    ["lock", "seconds", "after which the runs of a worker that died are another's (default: 30)"],
    ["store-every", "seconds", "between checkpoints that are stored (default: 10)"],
    ["idle-exit", "seconds", "end after so long without a run"],
  ] as const;
  for (const [name, value, help] of options) {
    const offers = name === "backend" ? backendChoices : [];
    addOption(command, given, { name, value, title: "Worker:", help, offers });
  }
  addUse(command, given, "Worker:");
  addOption(command, given, {
    name: "data",
    value: "file",
    title: "Worker:",
    help: "a data file that runs may ask for by its digest; may be repeated",
    repeats: true,
  });
  addOption(command, given, { name: "once", title: "Worker:", help: "do one run and end" });
  addOption(command, given, {
    name: "json",
    title: "Output:",
    help: "print what happens as lines of JSON, and all else to stderr",
  });
}

function addQueue(command: Command, given: GivenFlags, help: string): void {
  addOption(command, given, { name: "queue", value: "url", title, help });
  addOption(command, given, {
    name: "queue-name",
    value: "name",
    title,
    help: "tells queues in one store apart (default: grok)",
  });
  addOption(command, given, {
    name: "queue-timeout",
    value: "seconds",
    title,
    help: "end if the queue does not answer for so long (default: 600)",
  });
  addOption(command, given, {
    name: "shared-dir",
    value: "dir",
    title,
    help: "a folder that all machines share, for checkpoints and results; else they go through the queue",
  });
}
