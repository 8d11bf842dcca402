import type { RunRecord, StepScale, WeightMoment } from "@grok/plot";
import {
  assemble,
  type BuiltTask,
  collect,
  type EvaluationRecord,
  type Experiment,
  type Extensions,
} from "@grok/train";
import type { CheckpointAnalysis, CheckpointViews } from "@grok/train/analysis";
import { taskText } from "@grok/train/front-end";
import { countOf } from "../quantity";
import type { NamedViews } from "./moments";
import { milestonesOf, runText } from "./run-figures";

/** Checkpoints below which a curve over time is none. */
export const minForCurves = 3;

/** A run and what was found at its checkpoints. */
export interface AnalysedSource {
  experiment: Experiment;
  /** Whose kinds it is made of. */
  extensions?: Extensions;
  parameters: number;
  /** Lines of metrics.jsonl. */
  evaluations: readonly EvaluationRecord[];
  /** Lines of analysis.jsonl. */
  analysed: readonly CheckpointAnalysis[];
  /** The key frequencies judged by. */
  frequencies: readonly number[] | null;
  /** The frequency of the circles. */
  circleFrequency: number | null;
  moments: readonly NamedViews[];
  /** All weights at some checkpoints; none of a network too large for that. */
  weights: readonly WeightMoment[];
  scale: StepScale;
}

/** A figure as SVG, or why there is none. */
export type Drawn = { svg: string } | { reason: string };

/** How a figure is drawn, by its name. */
export type Drawings = Record<string, (sources: Sources) => Drawn>;

/** What figures share. */
export class Sources {
  readonly run: AnalysedSource;
  readonly hasCurves: boolean;

  constructor(run: AnalysedSource) {
    this.run = run;
    this.hasCurves = run.analysed.length >= minForCurves;
  }

  /** The task that the run learnt. */
  get task(): BuiltTask {
    const { experiment, extensions } = this.run;
    return assemble(experiment, collect(extensions)).task;
  }

  /** Title and subtitle. */
  words(what: string) {
    const { experiment, extensions, parameters } = this.run;
    return {
      title: `${what}: ${taskText(experiment, { extensions })}`,
      subtitle: runText(experiment, parameters, extensions),
    };
  }

  overSteps(what: string) {
    const { experiment, evaluations, analysed, scale } = this.run;
    const milestones = milestonesOf(evaluations, experiment.training);
    const { title, subtitle } = this.words(what);
    const many = countOf(analysed.length, "checkpoint");
    return { title, subtitle: `${subtitle} · ${many}`, scale, milestones };
  }

  /** Records with any of these columns: of the checkpoints, or of the evaluations where those are few. */
  having(columns: readonly string[]): RunRecord[] | null {
    const { analysed, evaluations } = this.run;
    for (const records of [analysed, evaluations]) {
      const own = (records as readonly RunRecord[]).filter((record) =>
        columns.some((column) =>
          Number.isFinite((record as unknown as Record<string, unknown>)[column]),
        ),
      );
      if (own.length >= minForCurves) return own;
    }
    return null;
  }

  /** The lists of a name, one per checkpoint. */
  lists(name: "singular_values" | "embedding_power" | "logit_power") {
    return this.run.analysed.flatMap((record) => {
      const values = record[name];
      return values === undefined ? [] : [{ step: record.step, values }];
    });
  }

  moments<T>(
    of: (views: CheckpointViews) => T | null,
  ): { step: number; label: string; value: T }[] {
    return this.run.moments.flatMap(({ label, views }) => {
      const value = of(views);
      return value === null ? [] : [{ step: views.step, label, value }];
    });
  }
}

export const tooFew = { reason: `it needs ${minForCurves} checkpoints or more` };
export const noGroup = { reason: "the task is no addition in a cyclic group" };
