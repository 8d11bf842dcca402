import type { EvaluationRecord } from "@grok/train";
import type { AblatedView } from "../network/ablation";
import type { PhasesView } from "../network/phases";
import type { NetworkScene, PanelName } from "../network/scene";
import type { NetworkView } from "../network/view";

/** What a run has shown so far, as lessons read it. */
export interface Facts {
  readonly records: readonly EvaluationRecord[];
  readonly scene: NetworkScene | null;
  /** The newest look into the network. */
  readonly view: NetworkView | null;
  /** Its answers without the parts that are taken out; null if none is. */
  readonly ablated: AblatedView | null;
  /** The phases of its neurons; null if the lesson does not ask for them. */
  readonly phases: PhasesView | null;
  readonly tMem: number | null;
  readonly tGrok: number | null;
  readonly isEnded: boolean;
  /** The accuracy of blind guessing. */
  readonly chance: number;
  /** Where the first lesson's run generalised, for those that change one thing of it. */
  readonly firstTGrok: number | null;
}

/** What came of it: the choice that it proves, or null if it is none of them, and why, in numbers. */
export interface Outcome {
  readonly choice: string | null;
  readonly sentence: string;
}

/** The figure in the middle of a lesson: a chart, a panel, or phases beside their theory. */
export type LessonFigure = "accuracy" | "loss" | "phases" | PanelName;

/** A scene of the story, of a minute or so: the student predicts, and then the run tells. */
export interface Lesson {
  readonly name: string;
  readonly title: string;
  /** What it is about, in a sentence. */
  readonly about: string;
  /** What its run begins from; the network that the page begins with if it is not given. */
  readonly from?: "quadratic";
  /** What is different from that. */
  readonly flags: Readonly<Record<string, string>>;
  /** What to know before the question, a paragraph each. */
  readonly text: readonly string[];
  readonly question: string;
  readonly choices: readonly { readonly name: string; readonly text: string }[];
  /** What to do once the prediction is made. */
  readonly task: string;
  /** Whether the table of pairs is shown with the question, without answers. */
  readonly showsPairs?: boolean;
  /** What the run tells, read from it; null while it does not yet. */
  readonly outcome: (facts: Facts) => Outcome | null;
  /** What follows from it, whatever it was. */
  readonly after: string;
  /** The one figure that shows it. */
  readonly figure: LessonFigure;
}
