/** What is known of a network from its settings alone, before there is a task. */
export interface ModelTraits {
  /** What the experiment calls it, `model.architecture`. */
  readonly name: string;
  /** What it is, for sentences: `a transformer`. */
  readonly words: string;
  /** What it takes: tokens, tokens that each stand for one place of a vector, or numbers. */
  readonly input: "tokens" | "one-hot" | "features";
  /** Whether it reads real-valued inputs of a task that has those; not checked if it does not say. */
  readonly readsFeatures?: boolean;
  /** Whether a position does not see later ones, so that answers may be fed behind where they are read. */
  readonly isCausal: boolean;
  /** How an equation is written for it, if it was made for one form; see `layoutNames` of @grok/data. */
  readonly layout: string | null;
}
