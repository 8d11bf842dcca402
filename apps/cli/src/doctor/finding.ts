/** Whether something is here, is here but slow, or is missing. */
export type Condition = "here" | "slow" | "missing";

/** What `grok doctor` says of one thing, in a line. */
export interface Finding {
  /** One or two words. */
  about: string;
  condition: Condition;
  /** Whether no run can be trained without it. */
  needed: boolean;
  /** What there is, or why it is slow or missing, and what helps. */
  text: string;
}

/** A check without its name: what was found of it. */
export type Found = Pick<Finding, "condition" | "text">;

/** One thing that is looked for. */
export interface Check {
  about: string;
  needed?: boolean;
  look: () => Promise<Found> | Found;
}

/** Something that is here. */
export const here = (text: string): Found => ({ condition: "here", text });

/** Something that is here, and slow. */
export const slow = (text: string): Found => ({ condition: "slow", text });

/** Something that is missing. */
export const missing = (text: string): Found => ({ condition: "missing", text });
