/** Something else that could happen: settings to change, and what they come to in words. */
export interface WhatIf {
  name: "decay" | "data" | "numbers" | "rule";
  text: string;
  /** Null takes back what was set. */
  flags: Readonly<Record<string, string | null>>;
}

/** What can be tried next from an experiment, by the values of its flags; null for those it has not. */
export function whatIfs(
  values: Readonly<Record<string, string | null>>,
  given: Readonly<Record<string, string>>,
): WhatIf[] {
  const offers: WhatIf[] = [];
  const decay = values["weight-decay"] ?? null;
  if (decay !== null && Number(decay) > 0) {
    offers.push({ name: "decay", text: "without weight decay", flags: { "weight-decay": "0" } });
  } else if (decay !== null && given["weight-decay"] !== undefined) {
    offers.push({
      name: "decay",
      text: "with weight decay again",
      flags: { "weight-decay": null },
    });
  }
  const fraction = Number(values["train-fraction"] ?? Number.NaN);
  if (fraction > 0.15 && fraction < 1) {
    const less = (Math.round(fraction * 16) / 20).toString();
    const text = `with less data (${Math.round(100 * Number(less))}% of all questions)`;
    offers.push({ name: "data", text, flags: { "train-fraction": less } });
  }
  const p = values["p"] ?? null;
  if (p !== null) {
    const other = p === "47" ? "53" : "47";
    offers.push({
      name: "numbers",
      text: `with other numbers (0 to ${Number(other) - 1})`,
      flags: { p: other },
    });
  }
  const op = values["op"] ?? null;
  const rule = op === null ? undefined : rules[op];
  if (rule !== undefined) {
    offers.push({ name: "rule", text: `with another rule (${rule.text})`, flags: { op: rule.op } });
  }
  return offers;
}

/** The rule that follows each in the row, all of which small networks grok. */
const rules: Readonly<Record<string, { op: string; text: string }>> = {
  "+": { op: "-", text: "a − b" },
  "-": { op: "*", text: "a × b" },
  "*": { op: "+", text: "a + b" },
};
