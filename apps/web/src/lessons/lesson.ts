import type { EvaluationRecord } from "@grok/train";
import type { NetworkScene, PanelName } from "../network/scene";
import type { NetworkView } from "../network/view";

/** What a run has shown so far, as lessons read it. */
export interface Facts {
  readonly records: readonly EvaluationRecord[];
  readonly scene: NetworkScene | null;
  /** The newest look into the network. */
  readonly view: NetworkView | null;
  /** The steps at which it was looked into, rising. */
  readonly viewSteps: readonly number[];
  readonly tMem: number | null;
  readonly tGrok: number | null;
  readonly isEnded: boolean;
  /** The accuracy of blind guessing. */
  readonly chance: number;
  /** Where the first lesson's run generalised, for those that change one thing of it. */
  readonly firstTGrok: number | null;
}

/** What came of it: the choice that it proves, or null where it is none of them, and why, in numbers. */
export interface Outcome {
  readonly choice: string | null;
  readonly sentence: string;
}

/** One question: the student predicts, and then the run tells. */
export interface LessonStep {
  readonly name: string;
  readonly title: string;
  /** What to know before the question, a paragraph each. */
  readonly text: readonly string[];
  readonly question: string;
  readonly choices: readonly { readonly name: string; readonly text: string }[];
  /** What to do once the prediction is made. */
  readonly task: string;
  /** Whether the question is about a table of pairs, which is shown with it, without answers. */
  readonly showsPairs?: boolean;
  /** The step that it is about, if that is not the newest; null for the newest after all. */
  readonly looksAt?: (facts: Facts) => number | null;
  /** What the run tells, read from it; null while it does not yet. */
  readonly outcome: (facts: Facts) => Outcome | null;
  /** What follows from it, whatever it was. */
  readonly after: string;
  readonly charts: readonly ("accuracy" | "loss")[];
  /** Panels that show it; seen once the prediction is made. */
  readonly panels: readonly PanelName[];
}

/** A chapter of the story: some questions about one run. */
export interface Lesson {
  readonly name: string;
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly about: string;
  /** What is different from the network that the page begins with. */
  readonly flags: Readonly<Record<string, string>>;
  readonly steps: readonly LessonStep[];
}
