import type { BranchPlace } from "../worker/protocol";

/** A field of the form of a branch. */
export interface Field {
  /** The flag or edit that it sets, or `changes` for anything. */
  name: string;
  title: string;
  /** What holds if it is left empty. */
  now: string;
  help?: string;
  /** What may be typed, to be chosen from. */
  choices?: readonly string[];
}

/** Settings that most branches change, if the experiment has them. */
const settings = [
  { name: "weight-decay", title: "Weight decay" },
  { name: "lr", title: "Learning rate" },
  { name: "train-fraction", title: "Train fraction" },
];

/** The fields of a branch at a place. */
export function fieldsOf({ values, parameters }: BranchPlace): Field[] {
  return [
    ...settings.flatMap(({ name, title }) => {
      const now = values[name] ?? null;
      return now === null ? [] : [{ name, title, now }];
    }),
    {
      name: "freeze",
      title: "Freeze parameters",
      now: "none",
      choices: parameters,
      help: "A name, or a pattern with *: they keep their values from there on.",
    },
    { name: "steps", title: "Ends at step", now: values["steps"] ?? "" },
    {
      name: "changes",
      title: "Further changes",
      now: "none",
      help: "As --change takes them after the step: batch-size=64 zero=*.bias reset-optimizer.",
    },
  ];
}

/** What was typed, without what was left empty. */
export function typedOf(fields: readonly Field[], typed: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const text = typed[name]?.trim() ?? "";
      return text === "" ? [] : [[name, text] as const];
    }),
  );
}
