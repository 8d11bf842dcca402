import { phaseSpans } from "@grok/metrics";
import {
  answerMapFigure,
  attentionFigure,
  circleFigure,
  orderParameterFigure,
  periodicityFigure,
  phaseFigure,
  progressFigure,
  type RunRecord,
  type StepScale,
  singularValueFigure,
  sparsityFigure,
  spectrumFigure,
  type WeightMoment,
  weightsFigure,
} from "@grok/plot";
import type { CheckpointAnalysis, EvaluationRecord, Experiment, Portrait } from "@grok/train";
import { taskText } from "@grok/train";
import { countOf } from "../quantity";
import { milestonesOf, runText } from "./figures";
import type { NamedPortrait } from "./moments";

/** Checkpoints below which a curve over time is none. */
export const fewestForCurves = 3;

/** Weights that can be told apart in one picture. */
export const mostWeights = 2_000;

/** A run and what was found at its checkpoints. */
export interface AnalysedSource {
  experiment: Experiment;
  parameters: number;
  /** Lines of metrics.jsonl. */
  evaluations: readonly EvaluationRecord[];
  /** Lines of analysis.jsonl. */
  analysed: readonly CheckpointAnalysis[];
  /** The key frequencies judged by. */
  frequencies: readonly number[] | null;
  /** The frequency of the circles. */
  circleFrequency: number | null;
  portraits: readonly NamedPortrait[];
  /** All weights at some checkpoints; none of a network too large for that. */
  weights: readonly WeightMoment[];
  scale: StepScale;
}

/** The figures of an analysis as SVG, by name, and why others were not drawn. */
export interface AnalysisFigures {
  figures: Record<string, string>;
  skipped: { name: string; reason: string }[];
}

/** Draws every figure that the run can have. */
export function drawAnalysis(source: AnalysedSource): AnalysisFigures {
  const figures: Record<string, string> = {};
  const skipped: AnalysisFigures["skipped"] = [];
  for (const [name, draw] of Object.entries(drawings)) {
    const drawn = draw(new Sources(source));
    if ("svg" in drawn) figures[name] = drawn.svg;
    else skipped.push({ name, reason: drawn.reason });
  }
  return { figures, skipped };
}

type Drawn = { svg: string } | { reason: string };

/** What figures share. */
class Sources {
  readonly run: AnalysedSource;
  readonly hasCurves: boolean;

  constructor(run: AnalysedSource) {
    this.run = run;
    this.hasCurves = run.analysed.length >= fewestForCurves;
  }

  /** Title and subtitle. */
  words(what: string) {
    const { experiment, parameters } = this.run;
    return {
      title: `${what}: ${taskText(experiment)}`,
      subtitle: runText(experiment, parameters),
    };
  }

  overSteps(what: string) {
    const { experiment, evaluations, analysed, scale } = this.run;
    const milestones = milestonesOf(evaluations, experiment.training.grokThreshold);
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
      if (own.length >= fewestForCurves) return own;
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

  moments<T>(of: (portrait: Portrait) => T | null): { step: number; label: string; value: T }[] {
    return this.run.portraits.flatMap(({ label, portrait }) => {
      const value = of(portrait);
      return value === null ? [] : [{ step: portrait.step, label, value }];
    });
  }
}

const tooFew = { reason: `it needs ${fewestForCurves} checkpoints or more` };
const noGroup = { reason: "the task is no addition in a cyclic group" };

const orderColumns = [
  "rqi",
  "circularity",
  "effective_rank",
  "participation_ratio",
  "kernel_alignment",
  "snr",
];

const drawings: Record<string, (sources: Sources) => Drawn> = {
  "order-parameters": (sources) => {
    const found = sources.having(orderColumns);
    if (found === null) return missing(sources, "order parameters");
    return { svg: orderParameterFigure(found, sources.overSteps("Order parameters")) };
  },
  "phase-transition": (sources) => {
    const { evaluations } = sources.run;
    const parameter = [
      { column: "circularity", label: "circularity of the embedding" },
      { column: "sum_share", label: "share of logits' variance that is the sum's" },
      { column: "participation_ratio", label: "participation ratio (dimensions)" },
      { column: "weight_norm", label: "length of all weights" },
    ].find(({ column }) => sources.having([column]) !== null);
    if (parameter === undefined || evaluations.length < fewestForCurves) return tooFew;
    const found = sources.having([parameter.column]);
    const own = (found ?? []).map((record) => ({
      step: record.step,
      [parameter.column]: (record as unknown as Record<string, number>)[parameter.column],
    }));
    return {
      svg: phaseFigure([...evaluations.map(accuracies), ...own], {
        ...sources.overSteps("Phase transition"),
        phases: phaseSpans(evaluations),
        parameter,
        thresholds:
          "confusion until train accuracy > 90%, memorisation until validation accuracy > 30%, grokking until it is > 90%, then comprehension",
      }),
    };
  },
  "singular-values": (sources) => {
    const records = sources.lists("singular_values");
    if (records.length < fewestForCurves) return tooFew;
    return {
      svg: singularValueFigure(records, {
        ...sources.overSteps("Singular values"),
        weight: "first weight",
      }),
    };
  },
  "fourier-spectrum": (sources) => {
    const embedding = sources.lists("embedding_power");
    if (embedding.length === 0 && sources.hasCurves) return noGroup;
    if (embedding.length < fewestForCurves) return tooFew;
    return {
      svg: spectrumFigure(
        [
          { label: "Embedding", records: embedding },
          { label: "Logits, along w_{k}(a + b)", records: sources.lists("logit_power") },
        ],
        sources.overSteps("Fourier spectrum"),
      ),
    };
  },
  "embedding-circle": (sources) => {
    const moments = sources.moments(({ circle }) => circle);
    const frequency = sources.run.circleFrequency;
    if (moments.length === 0 || frequency === null) return noGroup;
    const { task } = sources.run.experiment;
    const isProduct = "op" in task && ["*", "*1", "/"].includes(task.op);
    return {
      svg: circleFigure(
        moments.map(({ step, label, value }) => ({
          step,
          label,
          points: value.points,
          remark: `${(100 * value.share).toFixed(0)}%`,
        })),
        {
          ...sources.words("Embedding in the plane of one frequency"),
          frequency,
          element: isProduct ? "power n of the generator" : "number n",
        },
      ),
    };
  },
  "progress-measures": (sources) => {
    const { analysed, evaluations, frequencies } = sources.run;
    const own = analysed.flatMap(({ step, restricted_loss, excluded_loss }) =>
      restricted_loss === undefined ? [] : [{ step, restricted_loss, excluded_loss } as RunRecord],
    );
    const isPossible = frequencies !== null;
    if (!isPossible) return noGroup;
    if (own.length < fewestForCurves) return tooFew;
    return {
      svg: progressFigure([...evaluations.map(losses), ...own], {
        ...sources.overSteps("Restricted and excluded loss"),
        subtitle: `${sources.overSteps("").subtitle} · key frequencies of the end: ${keys(frequencies)}`,
      }),
    };
  },
  sparsity: (sources) => {
    const found = sources.having(["gini_embedding", "key_frequencies"]);
    if (found === null) return missing(sources, "progress measures");
    return { svg: sparsityFigure(found, sources.overSteps("Sparsity")) };
  },
  "answer-map": (sources) => {
    const moments = sources.moments(({ answers }) => answers);
    if (moments.length === 0) return { reason: "the task has no table of pairs" };
    return {
      svg: answerMapFigure(
        moments.map(({ step, label, value }) => ({ ...value, step, label })),
        sources.words("Answers to all pairs"),
      ),
    };
  },
  attention: (sources) => {
    const moments = sources.moments(({ attention }) => attention);
    const [first] = moments;
    if (first === undefined) return { reason: "the network has no attention" };
    const isDeep = first.value.some(({ layer }) => layer > 0);
    const tokens = tokensOf(sources.run.experiment, first.value[0]?.weights.length as number);
    return {
      svg: attentionFigure(
        moments.map(({ step, label, value }) => ({
          step,
          label,
          heads: value.map(({ layer, head, weights }) => ({
            label: isDeep ? `layer ${layer}, head ${head}` : `head ${head}`,
            weights,
          })),
        })),
        { ...sources.words("Attention"), tokens },
      ),
    };
  },
  weights: (sources) => {
    const { run } = sources;
    if (run.parameters > mostWeights) {
      return {
        reason: `it shows every weight of a network of at most ${mostWeights}, and this one has ${run.parameters}`,
      };
    }
    try {
      return { svg: weightsFigure(run.weights, { ...sources.words("Weights"), width: 960 }) };
    } catch (error) {
      // Few weights may still lie in more columns than a picture has.
      if (error instanceof RangeError) return { reason: error.message };
      throw error;
    }
  },
  "logit-periodicity": (sources) => {
    const moments = sources.moments(({ periodicity }) => periodicity);
    if (moments.length === 0) return noGroup;
    return {
      svg: periodicityFigure(
        moments.map(({ step, label, value }) => ({ step, label, power: value })),
        sources.words("Periodicity of the logits"),
      ),
    };
  },
};

function missing(sources: Sources, what: string): { reason: string } {
  return sources.hasCurves ? { reason: `the checkpoints were not analysed for ${what}` } : tooFew;
}

function keys(frequencies: readonly number[]): string {
  return frequencies.length > 8
    ? `${frequencies.length} frequencies, not sparse`
    : frequencies.join(", ");
}

function accuracies({ step, train_acc, val_acc }: EvaluationRecord): RunRecord {
  return { step, train_acc, val_acc };
}

function losses({ step, train_loss, val_loss }: EvaluationRecord): RunRecord {
  return { step, train_loss, val_loss };
}

/** What stands at each position of a sequence. */
function tokensOf({ task }: Experiment, length: number): string[] {
  const layout = "layout" in task ? task.layout : "";
  const known: Record<string, string[]> = {
    nanda: ["a", "b", "="],
    mlx: ["a", "∘", "b", "="],
    power: ["a", "∘", "b", "=", "c"],
    openai: ["⟨", "a", "∘", "b", "=", "c", "⟩"],
  };
  const names = known[layout] ?? [];
  return Array.from({ length }, (_, i) => names[i] ?? String(i));
}
