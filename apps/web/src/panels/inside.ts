import type { EvaluationRecord } from "@grok/train";
import type { ReadonlySignal, Signal } from "@preact/signals";
import type { NetworkScene } from "../network/scene";
import type { NetworkTrace } from "../network/trace";
import type { NetworkView, PairLook } from "../network/view";

/** An input of the table. */
export interface Pair {
  readonly a: number;
  readonly b: number;
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
  /** Computes a measure that views leave out, of the network as it is now. */
  readonly measure: (name: string) => Promise<Readonly<Record<string, number | null>>>;
}

/** The step that panels show: the one chosen, or the newest. */
export function shownStep({ step, records }: Inside): number | null {
  return step.value ?? records.value.at(-1)?.step ?? null;
}
