import type { EvaluationRecord } from "@grok/train";
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { AblatedView, NeuronsView, NeuronView } from "../network/ablation";
import type { NetworkScene } from "../network/scene";
import type { NetworkTrace } from "../network/trace";
import type { NetworkView, PairLook } from "../network/view";

/** An input of the table. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/** The parts that are out of the network, and what becomes of it. */
export interface InsideAblation {
  /** As `head:0.2`, `neuron:0.17` and `frequency:14`. */
  readonly removed: ReadonlySignal<readonly string[]>;
  /** The network without them; null if nothing is out, or until it is known. */
  readonly view: ReadonlySignal<AblatedView | null>;
  /** Why nothing can be taken out now, in a sentence; null if it can. */
  readonly problem: ReadonlySignal<string | null>;
  /** Takes a part out, or puts it back. */
  readonly toggle: (part: string) => void;
  readonly putBack: () => void;
  /** Whether training can continue without them. */
  readonly canKeepOut: ReadonlySignal<boolean>;
  /** Trains a branch that has lost them. */
  readonly keepOut: () => void;
  readonly neurons: (layer: number) => Promise<NeuronsView>;
  readonly neuron: (layer: number, neuron: number) => Promise<NeuronView>;
}

/** What panels and the timeline show, and what they may change. */
export interface Inside {
  readonly scene: ReadonlySignal<NetworkScene | null>;
  /** All evaluations, steps rising. */
  readonly records: ReadonlySignal<readonly EvaluationRecord[]>;
  /** What is drawn over time, of every view that is kept, steps rising. */
  readonly traces: ReadonlySignal<readonly NetworkTrace[]>;
  /** The view of {@link step}, or the last one before it. */
  readonly view: ReadonlySignal<NetworkView | null>;
  /** The step that is looked at; null is the newest one, whatever it is. */
  readonly step: ReadonlySignal<number | null>;
  /** Looks at another step. */
  readonly show: (step: number | null) => void;
  readonly milestones: ReadonlySignal<{
    readonly t_mem: number | null;
    readonly t_grok: number | null;
  }>;
  /** Whether steps are spaced by their logarithm. */
  readonly isLogScale: ReadonlySignal<boolean>;
  /** The input that is looked into. */
  readonly selected: Signal<Pair>;
  /** The input under the pointer, which is looked into meanwhile. */
  readonly hovered: Signal<Pair | null>;
  /** What the network makes of the one or the other at that step; null until it is known. */
  readonly pair: ReadonlySignal<PairLook | null>;
  readonly ablation: InsideAblation;
  /** Computes a measure that views leave out, of the network as it is now. */
  readonly measure: (name: string) => Promise<Readonly<Record<string, number | null>>>;
}

/** The step that panels show: the one chosen, or the newest. */
export function shownStep({ step, records }: Inside): number | null {
  return step.value ?? records.value.at(-1)?.step ?? null;
}
