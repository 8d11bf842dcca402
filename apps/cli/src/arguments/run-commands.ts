import { type Collection, defaultPreset, type Experiment, resolveExperiment } from "@grok/train";
import { addFont } from "../figure/fonts";
import { addTakeOver } from "../run/take-over";
import { addJson, type Definition } from "./definition";
import { flagHelp } from "./flag-help";
import { addForkOptions } from "./fork-options";
import type { GivenFlags } from "./given-flags";
import { addFlags, addOption } from "./options";
import { addTrust, addUse } from "./use-options";

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

/** The commands that train a run. */
export const runCommands = {
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
        help: "continue where another backend or other versions may give other numbers; config.json says so then",
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
} as const satisfies Record<string, Definition>;

/** The experiment whose settings the help shows as defaults. */
function helpExperiment({ preset }: GivenFlags, { extensions }: Collection): Experiment {
  try {
    return resolveExperiment({ preset: preset as string | undefined, extensions });
  } catch {
    // Help is given whatever else is wrong.
    return resolveExperiment();
  }
}
