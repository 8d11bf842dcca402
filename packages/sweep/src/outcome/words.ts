import type { Setting } from "../state/setting";

/** Flags whose names are abbreviations, as figures and tables write them out. */
const writtenOut: Readonly<Record<string, string>> = {
  op: "operation",
  p: "p",
  lr: "learning rate",
  "final-lr": "final learning rate",
  "adam-lr": "learning rate of Adam",
  "d-model": "width of the residual stream",
  "n-heads": "heads",
  "n-layers": "layers",
  "mlp-mult": "width of the feed-forward over that of the residual stream",
  "ffn-hidden": "hidden neurons of the feed-forward",
  "embed-dim": "width of the embedding",
  "init-scale": "scale of the initial weights",
  "norm-eps": "ε of the norms",
  eps: "ε of Adam",
  beta1: "β₁",
  beta2: "β₂",
  alpha: "α",
};

/** A flag in words, within a sentence: `weight-decay` is weight decay, `lr` is learning rate. */
export function phrase(flag: string): string {
  return writtenOut[flag] ?? flag.replaceAll("-", " ");
}

/** A flag in words, as a title: `weight-decay` is Weight decay; names of one letter stay as they are. */
export function words(flag: string): string {
  const text = phrase(flag);
  return text.length <= 2 ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** A setting in three digits. */
export function short(value: Setting): string {
  return typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value);
}

/** Settings in words: `weight decay 1, train fraction 0.5`. */
export function settingsInWords(settings: Readonly<Record<string, Setting>>): string {
  return Object.entries(settings)
    .map(([axis, value]) => `${phrase(axis)} ${short(value)}`)
    .join(", ");
}
