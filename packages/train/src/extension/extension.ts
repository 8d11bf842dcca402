/** What every part of an extension says of itself, whatever it is a kind of. */
export interface Part {
  readonly name: string;
  readonly sentence: string;
}

/** The lists of kinds that an extension may have, with what one of them is called in errors. */
export const partLists = {
  tasks: "task",
  models: "model",
  losses: "loss",
  optimizers: "optimizer",
  transforms: "gradient transform",
  schedules: "schedule",
  changes: "change",
  metrics: "metric",
} as const;

/** A list of kinds in an extension. */
export type PartList = keyof typeof partLists;

/** A module of somebody's own parts, by one name. */
export type Extension = { readonly name: string } & {
  readonly [list in PartList]?: readonly Part[];
} & { readonly presets?: Readonly<Record<string, object>> };
