/** The lists of kinds that an extension may have, with what one of them is called in errors. */
export const partLists = {
  tasks: "task",
  models: "model",
  losses: "loss",
  optimizers: "optimizer",
  transforms: "gradient transform",
  schedules: "schedule",
  metrics: "metric",
} as const;

/** A list of kinds in an extension. */
export type PartList = keyof typeof partLists;
