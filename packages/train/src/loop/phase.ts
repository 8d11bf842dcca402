/** What a run is doing; before the first it starts up, and after `end` it has ended. */
export type Phase = "training" | "evaluation" | "metrics write" | "checkpoint write" | "end";
