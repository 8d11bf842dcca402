import { ablationName, usualMeasures } from "@grok/train/analysis";
import { metricsDescription } from "@grok/train/front-end";
import { addFont } from "../figure/fonts";
import { addJson, type Definition, output } from "./definition";
import { addInspectOptions } from "./inspect-options";
import { addOption } from "./options";
import { addTrust, addUse } from "./use-options";

/** The commands that look into, pack and unpack runs. */
export const recordCommands = {
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
      "Computes measures on a run's checkpoints, while it trains or after, writes them to its analysis.jsonl, and draws them into its folder plots. What was computed before is not computed again.",
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
} as const satisfies Record<string, Definition>;
