import { ablationModes } from "@grok/inspect";
import type { Command } from "commander";
import { addFont } from "../figure/fonts";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";
import { addTrust, addUse } from "./use-options";

const title = "Inspection:";
const output = "Output:";

/** The options of `grok inspect`. */
export function addInspectOptions(command: Command, given: GivenFlags): void {
  addOption(command, given, {
    name: "at",
    value: "step",
    title,
    offers: ["last", "t_mem", "t_grok"],
    help: "the checkpoint of this step; with t_mem or t_grok the first one from then on (default: last)",
  });
  addOption(command, given, {
    name: "ablate",
    value: "parts",
    title,
    repeats: true,
    offers: ["heads", "frequencies"],
    help: "take these out together: head:LAYER.HEAD, neuron:LAYER.N, frequency:K, separated by commas; heads is all of them, frequencies all key frequencies",
  });
  addOption(command, given, {
    name: "keep-frequencies",
    value: "list",
    title,
    offers: ["keys"],
    help: "the only frequencies that the embedding keeps, or keys: the key frequencies",
  });
  addOption(command, given, {
    name: "mode",
    value: "name",
    title,
    offers: ablationModes,
    help: `what takes the place of heads and neurons: ${ablationModes.join(", ")} (default: zero)`,
  });
  addOption(command, given, {
    name: "patch-from",
    value: "run@step",
    title,
    help: "take --patch from this checkpoint, of this run or of another with the same network",
  });
  addOption(command, given, {
    name: "patch",
    value: "parts",
    title,
    repeats: true,
    help: "what comes from --patch-from: heads, neurons or points such as layers.0.residual.mid, separated by commas",
  });
  addOption(command, given, {
    name: "lottery",
    title,
    help: "which frequency each neuron of an x² network was to have by gradient flow from its initial weights, and which one it has",
  });
  addOption(command, given, {
    name: "prune",
    value: "measure",
    title,
    offers: ["ipr"],
    help: "take neurons out a tenth at a time, from the lowest and from the highest of this measure on: ipr, the inverse participation ratio of their weights",
  });
  addUse(command, given, title);
  addTrust(command, given, title);
  addOption(command, given, {
    name: "threads",
    value: "n",
    title,
    help: "threads; the cores by default",
  });
  addOption(command, given, {
    name: "no-plots",
    title: output,
    help: "draw no figure",
  });
  addFont(command, given);
  addOption(command, given, {
    name: "json",
    title: output,
    help: "print the record on stdout, and all else to stderr",
  });
}
