import type { SweepSpec } from "@grok/sweep";
import type { Quantity } from "../judge/quantity";
import type { FigureRun } from "../result/figure-run";

/**
 * Runs of a figure that belong together: one setting, or a grid of them, over seeds.
 */
export interface Arm {
  /** How quantities and the drawing name it; letters, digits and dashes. */
  readonly name: string;
  /** In figures and tables. */
  readonly label: string;
  /** The runs except their seeds. */
  readonly spec: Omit<SweepSpec, "seeds" | "title">;
  readonly seeds: readonly number[];
  /**
   * What `--quick` runs of it: fewer seeds, and of a grid less. Without seeds it runs none of it and
   * judges by the other arms. Null: the arm, and what is judged with it, waits for the full set.
   */
  readonly quick: {
    readonly seeds: readonly number[];
    readonly spec?: Omit<SweepSpec, "seeds" | "title">;
  } | null;
  /**
   * Measures that are computed on the checkpoints of each run that has ended, judged by the key
   * frequencies of its end; their columns begin with `end_`. Default: none.
   */
  readonly analysis?: readonly string[];
  /** CPU seconds that a run takes on one thread, as measured here; of a run that stops when it groks, until then. */
  readonly seconds: number;
}

/** Where a figure was published. */
export interface Source {
  /** Who and where: a paper or repository, and which figure or table of it. */
  readonly text: string;
  readonly url: string;
}

/** A published figure, and how it is reproduced. */
export interface Figure {
  /** Lower-case words with dashes between them. */
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  /** What the source shows, and what of it is judged here. */
  readonly about: string;
  /** Why so many seeds. */
  readonly seedsBecause: string;
  readonly arms: readonly Arm[];
  readonly quantities: readonly Quantity[];
  /** Columns of metrics.jsonl that the drawing needs; none where it draws single numbers of runs. */
  readonly columns: readonly string[];
  /** Draws the figure in the source's form, as SVG, from the runs that there are (at least one). */
  readonly draw: (runs: readonly FigureRun[]) => Promise<string>;
  /**
   * What our own runs show besides the quantities, in sentences that take their numbers from the runs,
   * so that no sentence can contradict them. Default: nothing.
   */
  readonly findings?: (runs: readonly FigureRun[]) => readonly string[];
  /** What differs from the source and why, as far as that was found out; sentences. */
  readonly notes: readonly string[];
}
