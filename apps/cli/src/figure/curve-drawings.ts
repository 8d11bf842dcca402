import { phaseSpans } from "@grok/metrics/statistics";
import {
  orderParameterFigure,
  phaseFigure,
  progressFigure,
  type RunRecord,
  singularValueFigure,
  sparsityFigure,
  spectrumFigure,
} from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import { ablationDrawing } from "./ablation-drawing";
import { type Drawings, minForCurves, noGroup, type Sources, tooFew } from "./analysed-source";

const orderColumns = [
  "rqi",
  "circularity",
  "effective_rank",
  "participation_ratio",
  "kernel_alignment",
  "snr",
];

/** What changes over a run's steps. */
export const curveDrawings: Drawings = {
  ablation: ablationDrawing,
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
    if (parameter === undefined || evaluations.length < minForCurves) return tooFew;
    if (evaluations.every(({ val_acc }) => Number.isNaN(val_acc))) {
      return { reason: "the answers are values, which have no accuracy" };
    }
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
    if (records.length < minForCurves) return tooFew;
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
    if (embedding.length < minForCurves) return tooFew;
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
  "progress-measures": (sources) => {
    const { analysed, evaluations, frequencies } = sources.run;
    const own = analysed.flatMap(({ step, restricted_loss, excluded_loss }) =>
      restricted_loss === undefined ? [] : [{ step, restricted_loss, excluded_loss } as RunRecord],
    );
    const isPossible = frequencies !== null;
    if (!isPossible) return noGroup;
    if (own.length < minForCurves) return tooFew;
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
