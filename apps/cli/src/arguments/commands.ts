import {
  ablationName,
  type Collection,
  defaultPreset,
  type Experiment,
  metricsDescription,
  resolveExperiment,
  usualMeasures,
} from "@grok/train";
import type { Command } from "commander";
import { addFont } from "../figure/fonts";
import { addTakeOver } from "../run/take-over";
import { flagHelp } from "./flag-help";
import { addForkOptions } from "./fork-options";
import type { GivenFlags } from "./given-flags";
import { addInspectOptions } from "./inspect-options";
import { addFlags, addOption } from "./options";
import { addSweepExportOptions, addWorkerOptions } from "./queue-options";
import { addReproduceOptions } from "./reproduce-options";
import { addServeOptions } from "./serve-options";
import { addSweepOptions } from "./sweep-options";
import { addTrust, addUse } from "./use-options";
import { addVerifyOptions } from "./verify-options";
import { addVerifyQueueOptions } from "./verify-queue-options";

/** A command as its help tells it. */
export interface Definition {
  /** What follows its name without dashes. */
  operand?: string;
  /** What may follow that. */
  optional?: string;
  summary: string;
  description: string;
  examples?: string;
  addOptions: (command: Command, given: GivenFlags, kinds: Collection) => void;
}

const output = "Output:";

/** Flags of `resume`, by name; all else of a run stays as it was. */
export const resumable = [
  "steps",
  "epochs",
  "stop-on-grok",
  "checkpoint-every",
  "checkpoint-at",
  "keep-checkpoints",
  "backend",
  "threads",
  "save-plot",
  "plots",
];

/** The commands there are, in the order of the help. */
export const commands = {
  train: {
    summary: "train one run; without flags, division mod 97 until it groks",
    description:
      "Trains one run and writes it to a folder of its own. Without flags a transformer learns division mod 97 and stops when it groks. A flag always wins over the preset.",
    examples: `
Defaults are those of the preset named before --help. Ctrl-C stops a run so that it can be resumed.

Examples:
  grok train --op / --weight-decay 0.5 --train-fraction 0.3 --epochs 2000
  grok train --preset paper_default --seed 0 --eval-every 1000 --out-dir runs/x
  grok train --preset mlp --help
`,
    addOptions(command, given, kinds) {
      addUse(command, given, "Experiment:");
      addOption(command, given, {
        name: "preset",
        value: "name",
        title: "Experiment:",
        offers: [...kinds.presets.keys()],
        help: `where settings that no flag names come from; grok presets lists them (default: ${defaultPreset})`,
      });
      addFlags(command, given, kinds.flags, (flag) =>
        flagHelp(flag, helpExperiment(given, kinds), kinds),
      );
      addTakeOver(command, given, "Run:");
      addFont(command, given);
      addJson(command, given, "print each evaluation as a line of JSON, and all else to stderr");
    },
  },
  resume: {
    operand: "RUN_DIR",
    summary: "continue a run, exactly",
    description:
      "Continues a run from its last checkpoint as if it had never stopped. Its length, what it keeps, its backend and its threads may be changed; nothing else.",
    addOptions(command, given, kinds) {
      const allowed = kinds.flags.filter(({ name }) => resumable.includes(name));
      addFlags(command, given, allowed, ({ description }) => description);
      addOption(command, given, {
        name: "allow-changes",
        title: "Run:",
        help: "go on where another backend or other versions may give other numbers; config.json says so then",
      });
      addUse(command, given, "Run:");
      addTrust(command, given, "Run:");
      addTakeOver(command, given, "Run:");
      addFont(command, given);
      addJson(command, given, "print each evaluation as a line of JSON, and all else to stderr");
    },
  },
  fork: {
    operand: "RUN_DIR",
    summary: "a new run that is another one up to a step, and other settings after it",
    description:
      "Makes a new run that is RUN_DIR up to a step and has other settings from there on, and trains it: to the bytes of a run that was trained so from its beginning. RUN_DIR is only read. If it has no checkpoint of the step, the steps up to there are trained again. Flags hold from the step on, except those that say how long a run lasts and what is kept of it.",
    examples: `
Examples:
  grok fork runs/mlp --at t_mem --weight-decay 0
  grok fork runs/mlp --at 2000 --change "2000: freeze=embedding" --steps 20000
  grok fork runs/mlp --at t_grok --train-fraction 0.1 --seeds 0..4
`,
    addOptions: addForkOptions,
  },
  plot: {
    operand: "RUN_DIR",
    summary: "draw a run's figures again",
    description: "Draws the figures of a run, finished or not, into its folder plots.",
    addOptions(command, given) {
      const help = "space steps evenly (default: by their logarithm)";
      addOption(command, given, { name: "linear-x", title: output, help });
      addOption(command, given, {
        name: "columns",
        value: "list",
        title: output,
        help: "draw these columns of metrics.jsonl too, separated by commas, as columns.svg and .png",
      });
      addOption(command, given, {
        name: "with",
        value: "run",
        title: output,
        repeats: true,
        help: "draw this run and others that share its past too, such as forks, as futures.svg and .png; may be repeated",
      });
      addFont(command, given);
      addUse(command, given, output);
    },
  },
  analyze: {
    operand: "RUN_DIR",
    summary: "look into a run's checkpoints",
    description:
      "Computes measures on a run's checkpoints, while it goes on or after, writes them to its analysis.jsonl, and draws them into its folder plots. What was computed before is not computed again.",
    addOptions(command, given, kinds) {
      addOption(command, given, {
        name: "metrics",
        value: "list",
        title: "Analysis:",
        help: `${metricsDescription(kinds).replace("columns to compute at each evaluation", "what to compute").replace(", all, or none", `, ${ablationName} (accuracy without each head and key frequency), or all`)} (default: ${[...usualMeasures, ablationName].join(",")})`,
      });
      addUse(command, given, "Analysis:");
      addTrust(command, given, "Analysis:");
      addOption(command, given, {
        name: "checkpoints",
        value: "n",
        title: "Analysis:",
        offers: ["all", "last"],
        help: "which of them: all, last, or so many, evenly spaced (default: all)",
      });
      addOption(command, given, {
        name: "fresh",
        title: "Analysis:",
        help: "take nothing from an analysis.jsonl that is there",
      });
      addOption(command, given, {
        name: "threads",
        value: "n",
        title: "Analysis:",
        help: "threads; the cores by default",
      });
      addOption(command, given, {
        name: "no-plots",
        title: output,
        help: "write analysis.jsonl only",
      });
      const help = "space steps evenly (default: by their logarithm)";
      addOption(command, given, { name: "linear-x", title: output, help });
      addFont(command, given);
      addJson(command, given, "print the records on stdout, and all else to stderr");
    },
  },
  inspect: {
    operand: "RUN_DIR",
    summary: "take a network apart at a checkpoint",
    description:
      "Says what each head and each key frequency of a run's network is needed for: accuracy and loss on all examples without it. With --ablate, what is left without some parts together; with --patch, what comes out if parts hold what they hold in another checkpoint. It draws that into the run's folder plots.",
    examples: `
Examples:
  grok inspect runs/nanda
  grok inspect runs/nanda --at t_mem --ablate head:0.1,frequency:14
  grok inspect runs/nanda --keep-frequencies keys
  grok inspect runs/quadratic --lottery
  grok inspect runs/nanda --patch layers.0.attention.pattern --patch-from @t_mem
`,
    addOptions: addInspectOptions,
  },
  import: {
    operand: "FILE.zip",
    summary: "unpack a run that somebody packed",
    description:
      "Unpacks the archive of a run into a new folder, after every file in it was read under strict limits. What is no run, or not whole, leaves nothing behind.",
    addOptions(command, given) {
      addOption(command, given, {
        name: "out-dir",
        value: "dir",
        title: output,
        help: "folder of the run (default: runs/PRESET-OP-seedN, numbered where that exists)",
      });
    },
  },
  export: {
    operand: "DIR",
    optional: "FILE",
    summary: "pack a run into one file, or write records for other programs",
    description:
      "Packs a run, finished or not, into a ZIP archive for others: DIR.zip here if no other name is given. With --format it writes the evaluations of a run or of a whole sweep instead, a row each, for programs that read tables, or a folder of event files for TensorBoard. What is there already is left as it is.",
    examples: `
Examples:
  grok export runs/mlp
  grok export runs/mlp --format csv
  grok export runs/sweeps/decay decay.parquet --format parquet
  grok export runs/sweeps/decay logs --format tensorboard && tensorboard --logdir logs
`,
    addOptions(command, given) {
      addOption(command, given, {
        name: "format",
        value: "name",
        title: output,
        offers: ["zip", "csv", "parquet", "tensorboard"],
        help: "zip, csv, parquet or tensorboard (default: zip)",
      });
    },
  },
  sweep: {
    optional: "FILE.yaml",
    summary: "many runs, from a file or from --grid; again does only what is missing",
    description:
      "Trains every run of a sweep, some at a time, and draws what comes out. A run is known by what decides its result, so that none is done twice. Asked again, a sweep does what is missing, was interrupted or has failed.",
    examples: `
Examples:
  grok sweep --preset mlp --grid weight-decay=0.01,0.1,1 --grid train-fraction=0.3,0.5 --seeds 0..4
  grok sweep --grid lr=1e-4..1e-2:5log --seeds 0..2 --dry-run
  grok sweep sweep.yaml --jobs 4 --threads 1
`,
    addOptions: addSweepOptions,
  },
  "sweep-export": {
    operand: "FILE.yaml",
    summary: "a sweep as an array job for Slurm or Kubernetes (grok sweep export)",
    description:
      "Writes an array job that does a sweep's runs, one per task, into the same run folders as grok sweep. Runs that are stopped go on where they were. Then grok sweep FILE finds every run done, and writes tables and figures.",
    examples: `
Examples:
  grok sweep export sweep.yaml --slurm --time 4:00:00 > job.sh && sbatch job.sh
  grok sweep export sweep.yaml --kubernetes --image me/grok:1 --claim data --out job.yaml
`,
    addOptions: addSweepExportOptions,
  },
  worker: {
    summary: "take a sweep's runs from a queue, on this machine or another",
    description:
      "Takes runs that grok sweep --queue put on a queue, does them, and stores what comes out there. Start as many as there are machines, and stop them as you like: a run whose worker ends goes on elsewhere from its last checkpoint. A worker does experiments and nothing else.",
    examples: `
The queue's URL is redis://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE], or rediss:// over TLS, where
GROK_QUEUE_TLS_CA names a file of certificates to trust, and GROK_QUEUE_TLS_CERT and
GROK_QUEUE_TLS_KEY those of a certificate to show and of its key. So that a password stands in no list of processes,
set GROK_QUEUE to the URL, or GROK_QUEUE_PASSWORD to the password.

Examples:
  grok worker --queue redis://10.0.0.5 --jobs 4 --threads 1
  GROK_QUEUE=rediss://me:secret@queue.example.org grok worker --idle-exit 600
`,
    addOptions: addWorkerOptions,
  },
  reproduce: {
    optional: "ID...",
    summary: "published figures: run one, draw it, and judge it against its band",
    description:
      "Runs what is missing of a published figure, draws it beside the published points, and says whether it is reproduced, within a band that was set before. Without a figure it lists them, with their last verdicts. Asked again, it goes on where it was; runs that ended anywhere under runs/reproduce are not done again.",
    examples: `
The exit status is 0 whatever the verdict; 1 where a run failed.

Examples:
  grok reproduce
  grok reproduce system-0-division --quick
  grok reproduce system-2-mlp-45 system-3-run --jobs 2 --threads 1
  grok reproduce --all --no-run --reuse runs --record .
`,
    addOptions: addReproduceOptions,
  },
  runs: {
    optional: "DIR",
    summary: "the runs in DIR (default: runs), with forks under the runs they were made of",
    description:
      "Lists the runs in DIR and below it, the newest first: how each ended or stands, and what it learns. A fork stands under the run that it was made of, with what is different.",
    addOptions(command, given) {
      addUse(command, given, output);
      addJson(command, given, "print all that is known of each run as a line of JSON");
    },
  },
  serve: {
    optional: "DIR",
    summary: "the page, on this machine, with the runs in DIR (default: runs)",
    description:
      "Serves the page, with the runs in DIR and those of sweeps in it, to browsers on this machine. They can be read, not changed; what running experiments record appears as it comes. Ctrl-C ends it.",
    addOptions: addServeOptions,
  },
  "verify-resume": {
    summary: "prove it here: kill runs at any instant, resume them, compare bytes",
    description:
      "Runs a small experiment unbroken, then again under SIGKILLs: at random instants, and before each operation on a file in turn. Each run goes on until it is done, and is then compared with the unbroken one, byte for byte: weights, optimizer state, metrics; only times may differ. Takes the flags of train; a run has 12 steps unless they say otherwise.",
    examples: `
Examples:
  grok verify-resume
  grok verify-resume --preset mlp --width 32 --kills 100 --threads 2
`,
    addOptions: addVerifyOptions,
  },
  "verify-queue": {
    summary: "prove it here: a queue's workers under faults of every kind, compare bytes",
    description:
      "Lets workers of a queue do small runs for two sweeps at a time, with a Redis of their own, while workers, sweeps and Redis are killed, stopped, cut off, emptied, filled and frozen, disks fill up and clocks go wrong. Then compares what came home with what one process makes of the runs, byte for byte, and sees that every process told what was wrong in a sentence, and ended when it was asked to. Needs Debian's redis-server; workers in PID namespaces and full disks need root.",
    examples: `
Examples:
  grok verify-queue
  grok verify-queue --faults 1000 --fault-seed 1 --json > queue.json
  grok verify-queue --only Redis
`,
    addOptions: addVerifyQueueOptions,
  },
  presets: {
    summary: "the experiments that have names",
    description:
      "Lists the presets: what each learns, with which network, and where it comes from.",
    addOptions(command, given) {
      addUse(command, given, output);
      addJson(command, given, "print them as JSON");
    },
  },
  new: {
    operand: "FILE.ts",
    summary: "write an extension that runs, to change into your own",
    description:
      "Writes a commented extension to a new file: a task of your own, which trains as it stands. Then grok train --use FILE runs it.",
    addOptions() {},
  },
  "extension-bundle": {
    operand: "FILE",
    summary: "one file of an extension, for workers and others (grok extension bundle)",
    description:
      "Bundles an extension to one module, which --use takes as it is. The same sources give the same bytes on every machine, so that a queue's workers that were given this file do the runs of whoever has the sources.",
    addOptions(command, given) {
      addOption(command, given, {
        name: "out",
        value: "file",
        title: output,
        help: "where it is written (default: NAME.mjs of the extension, here)",
      });
    },
  },
  backends: {
    summary: "the backends of this machine, and their speed",
    description:
      "Lists the backends: which are here, which is chosen and why, and the steps per second of each in a short probe.",
    addOptions(command, given) {
      addJson(command, given, "print them as JSON");
    },
  },
  completion: {
    operand: "SHELL",
    summary: "a script that completes commands, flags and their values in bash, zsh or fish",
    description:
      "Prints a script for bash, zsh or fish, which completes the commands, their flags, values such as presets and backends, files and folders. It is made of the same tables as the help, so a new version wants it written again.",
    examples: `
Examples:
  source <(grok completion bash)                    in ~/.bashrc
  source <(grok completion zsh)                     in ~/.zshrc, behind compinit
  grok completion fish > ~/.config/fish/completions/grok.fish
`,
    addOptions() {},
  },
  doctor: {
    optional: "DIR",
    summary: "what is here, what is slow and what is missing, a line each",
    description:
      "Looks at the engine, processors, backend, memory, disk, fonts and what else a run needs or profits from, and says what would help. Runs are to go to DIR (default: runs); nothing is left there. The queue is looked at if GROK_QUEUE names one. The exit status is 1 if grok train cannot run here.",
    addOptions(command, given) {
      addJson(command, given, "print the findings as JSON");
    },
  },
} as const satisfies Record<string, Definition>;

/** A command's name. */
export type CommandName = keyof typeof commands;

function addJson(command: Command, given: GivenFlags, help: string): void {
  addOption(command, given, { name: "json", title: output, help });
}

/** The experiment whose settings the help shows as defaults. */
function helpExperiment({ preset }: GivenFlags, { extensions }: Collection): Experiment {
  try {
    return resolveExperiment({ preset: preset as string | undefined, extensions });
  } catch {
    // Help is given whatever else is wrong.
    return resolveExperiment();
  }
}
