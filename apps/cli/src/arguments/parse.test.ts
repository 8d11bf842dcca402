import { describe, expect, it } from "vitest";
import { TestProcessEnv } from "../../test/process-env";
import { UsageError } from "../usage-error";
import { commands } from "./commands";
import { parseArguments } from "./parse";

const names = Object.keys(commands).join(", ");
const parse = (...args: string[]) => parseArguments(args, new TestProcessEnv());

/** What a command line is answered with. */
function refusal(...args: string[]): string {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`accepted: ${args.join(" ")}`);
}

describe("parseArguments", () => {
  it("keeps flags under the names that were typed", () => {
    expect(parse("train", "--train-frac", "0.5", "--log-every=10", "--no-plots", "--json")).toEqual(
      {
        command: "train",
        operands: [],
        given: { "train-frac": "0.5", "log-every": "10", plots: false, json: true },
        extensions: [],
      },
    );
  });

  it.each([
    ["True", true],
    ["yes", true],
    ["1", true],
    ["False", false],
    ["no", false],
    ["0", false],
  ])("takes a switch with the value %s", (value, isOn) => {
    expect(parse("train", `--stop-on-grok=${value}`)?.given).toEqual({ "stop-on-grok": isOn });
    expect(parse("train", `--no-plots=${value}`)?.given).toEqual({ plots: !isOn });
    expect(parse("presets", `--json=${value}`)?.given).toEqual({ json: isOn });
    // What --reuse takes is a folder, so that there is no other way to say it.
    expect(parse("sweep", `--no-reuse=${value}`)?.given).toEqual(isOn ? { reuse: false } : {});
  });

  it("takes operators and negative numbers as values", () => {
    for (const op of ["+", "-", "*", "/", "+-", "/-"]) {
      expect(parse("train", "--op", op, "--alpha", "-0.5")?.given).toEqual({ op, alpha: "-0.5" });
    }
  });

  it.each([
    ["resume", "runs/x", "--steps", "100"],
    ["plot", "runs/x", "--linear-x"],
    ["analyze", "runs/x", "--metrics", "all", "--checkpoints", "5", "--json"],
    ["presets", "--json"],
    ["backends", "--json", "--debug"],
  ])("knows grok %s", (...args) => {
    expect(parse(...args)?.command).toBe(args[0]);
  });

  it.each([
    [["quantize", "runs/x"], `Unknown command "quantize"; allowed are ${names}.`],
    [["trian"], `Unknown command "trian"; allowed are ${names}; did you mean train?`],
    [
      ["train", "--trian-fraction", "0.5"],
      "Unknown flag --trian-fraction; did you mean --train-fraction?",
    ],
    [
      ["train", "--stop-on-grok=maybe"],
      "--stop-on-grok is on or off: write --stop-on-grok, --no-stop-on-grok, --stop-on-grok=true or --stop-on-grok=false, not --stop-on-grok=maybe.",
    ],
    [
      ["train", "--stop-on-grok", "false"],
      'grok train takes a switch\'s value only after a "=", as in --json=false.',
    ],
    [["train", "--no-plot"], "Unknown flag --no-plot; did you mean --no-plots?"],
    [["train", "--save-dri=x"], "Unknown flag --save-dri; did you mean --save-dir?"],
    [
      ["train", "--quantum"],
      "Unknown flag --quantum; grok train --help lists those that there are.",
    ],
    [["train", "--lr"], "--lr needs a value."],
    [["train", "--lr", "--seed", "3"], "--lr needs a value, and --seed is another flag."],
    [["--op", "+"], "--op must follow a command, as in grok train --op."],
    [["--quantum"], `--quantum must follow a command, which is one of ${names}.`],
    [["resume"], "grok resume needs RUN_DIR, the folder of a run."],
    [["resume", "a", "b"], "grok resume takes one folder."],
    [
      ["resume", "a", "--lr", "1"],
      "--lr cannot be changed when a run is resumed; what can is --steps, --epochs, --stop-on-grok, --checkpoint-every, --checkpoint-at, --keep-checkpoints, --backend, --threads, --save-plot, --plots.",
    ],
    [["presets", "mlx"], "grok presets takes flags only."],
    [
      ["train", "--op", "a.txt", "b.txt"],
      'grok train takes flags only, each with one value; a shell needs quotes around "*", as in --op "*".',
    ],
  ])("answers %j with a sentence", (args, sentence) => {
    expect(refusal(...args)).toBe(sentence);
  });

  it.each([[[]], [["--help"]], [["-h"]], [["help"]], [["--debug"]]])(
    "prints the commands for %j",
    (args) => {
      const processEnv = new TestProcessEnv();
      expect(parseArguments(args, processEnv)).toBeNull();
      expect(processEnv.stdout.text).toMatch(
        /Usage: grok COMMAND[\s\S]*resume RUN_DIR {2,}continue/,
      );
      expect(processEnv.stderr.text).toBe("");
    },
  );

  it("prints a command's flags with the defaults of the preset named", () => {
    const processEnv = new TestProcessEnv();
    expect(parseArguments(["train", "--preset", "mlp", "--help"], processEnv)).toBeNull();
    expect(processEnv.stdout.text.replace(/\s+/g, " ")).toContain(
      "(a number greater than 0 and less than 1; default: 0.45; also --train-frac)",
    );
    const other = new TestProcessEnv();
    expect(parseArguments(["help", "train"], other)).toBeNull();
    expect(other.stdout.text.replace(/\s+/g, " ")).toContain("default: 0.5; also --train-frac)");
  });

  it("prints the version", () => {
    const processEnv = new TestProcessEnv();
    expect(parseArguments(["--version"], processEnv)).toBeNull();
    expect(processEnv.stdout.text).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
