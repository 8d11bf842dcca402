import { addJson, type Definition, output } from "./definition";
import { addOption } from "./options";
import { addServeOptions } from "./serve-options";
import { addUse } from "./use-options";
import { addVerifyOptions } from "./verify-options";
import { addVerifyQueueOptions } from "./verify-queue-options";

/** The commands that show what is here, and prove it. */
export const machineCommands = {
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
      "Runs a small experiment unbroken, then again under SIGKILLs: at random instants, and before each operation on a file in turn. Each run continues until it is done, and is then compared with the unbroken one, byte for byte: weights, optimizer state, metrics; only times may differ. Takes the flags of train; a run has 12 steps unless they say otherwise.",
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
