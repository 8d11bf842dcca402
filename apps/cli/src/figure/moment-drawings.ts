import {
  answerMapFigure,
  attentionFigure,
  circleFigure,
  neuronPhaseFigure,
  periodicityFigure,
  weightsFigure,
} from "@grok/plot";
import { type Drawings, noGroup } from "./analysed-source";

/** Weights that can be told apart in one picture. */
export const maxWeights = 2_000;

const noTable = { reason: "the task has no table of pairs" };

/** What a network looks like at a few moments, side by side. */
export const momentDrawings: Drawings = {
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
  "neuron-phases": (sources) => {
    const moments = sources.moments(({ neurons }) => neurons);
    if (moments.length === 0) {
      return { reason: "the network is no MLP with one hidden layer that adds one-hot operands" };
    }
    return {
      svg: neuronPhaseFigure(
        moments.map(({ step, label, value }) => ({
          step,
          label,
          neurons: value,
          remark: `${Math.round((100 * value.reduce((sum, { share }) => sum + share, 0)) / value.length)}%`,
        })),
        sources.words("Phases of the hidden neurons"),
      ),
    };
  },
  "answer-map": (sources) => {
    const moments = sources.moments(({ answers }) => answers);
    if (moments.length === 0) return noTable;
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
    if (first === undefined) {
      const hasTable = sources.moments(({ answers }) => answers).length > 0;
      return hasTable ? { reason: "the network has no attention" } : noTable;
    }
    const isDeep = first.value.some(({ layer }) => layer > 0);
    const { positions = [] } = sources.task;
    const length = first.value[0]?.weights.length as number;
    const tokens = Array.from({ length }, (_, i) => positions[i] ?? String(i));
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
    if (run.parameters > maxWeights) {
      return {
        reason: `it shows every weight of a network of at most ${maxWeights}, and this one has ${run.parameters}`,
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
