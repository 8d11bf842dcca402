import type { AblationScene } from "./ablation";

/** The panels that show the inside of a network. */
export const panelNames = [
  "answers",
  "embedding",
  "circles",
  "spectrum",
  "attention",
  "neurons",
  "losses",
  "norm",
  "order",
] as const;

/** See {@link panelNames}. */
export type PanelName = (typeof panelNames)[number];

/** The table of a binary operation: which answer is right, and which pairs are trained on. */
export interface TableScene {
  /** Elements per side: p, or 120 for S5. */
  readonly size: number;
  /** What each element is called, [size]. */
  readonly names: readonly string[];
  /** The operation as it is written between a and b. */
  readonly operator: string;
  /** The right element for (a, b) at a·size + b; −1 if there is no such pair, [size²]. */
  readonly answers: Int16Array;
  /** 1 where the pair is trained on, [size²]. */
  readonly train: Uint8Array;
  /** The class of element 0. */
  readonly firstClass: number;
}

/** The cyclic group in which the operation is an addition, as `cyclicGroup` of @grok/metrics has it. */
export interface GroupScene {
  readonly order: number;
  /** The element of each exponent, [order]. */
  readonly elements: Int32Array;
  readonly sign: 1 | -1;
}

/** The attention of a transformer. */
export interface AttentionScene {
  readonly layers: number;
  readonly heads: number;
  /** What stands at each position, as far as the answer is read. */
  readonly positions: readonly string[];
  /** Over how many inputs a view's pattern is the mean. */
  readonly inputs: number;
}

/** A column of numbers that views may hold. */
export interface MeasureScene {
  readonly name: string;
  readonly columns: readonly string[];
  readonly description: string;
  readonly source: string;
  /** Whether it is too dear to be computed as the run goes, and is computed when asked for. */
  readonly onDemand: boolean;
}

/** What is the same at every step of an experiment, and what its network can show. Plain data. */
export interface NetworkScene {
  /** What each embedded symbol is called: numbers, permutations, digits and signs. */
  readonly symbols: readonly string[];
  readonly table: TableScene | null;
  readonly group: GroupScene | null;
  readonly attention: AttentionScene | null;
  /** What can be taken out of the network; null if nothing can. */
  readonly ablation: AblationScene | null;
  /** Whether the loss is of probabilities, in nats, so that outputs are logits; else they are numbers. */
  readonly hasLogits: boolean;
  readonly measures: readonly MeasureScene[];
  /** Why a measure cannot be had, by its name. */
  readonly skipped: Readonly<Record<string, string>>;
  /** Why a panel cannot be shown, in a sentence. */
  readonly missing: Readonly<Partial<Record<PanelName, string>>>;
}

/** A scene, and the step after which it holds. */
export interface SceneAfter {
  readonly after: number;
  readonly scene: NetworkScene;
}
