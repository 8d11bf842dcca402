import { describe, expect, it } from "vitest";
import { ADDITION, listsOf, NANDA, portraits, seedRuns } from "../test/runs";
import { CELLS, FUTURES, FUTURES_PANELS, SEEDS, TIMES } from "../test/sweep";
import { ablationFigure } from "./figures/ablation-figure";
import { accuracyFigure } from "./figures/accuracy-figure";
import { answerMapFigure } from "./figures/answer-map-figure";
import { attentionFigure } from "./figures/attention-figure";
import { bandFigure } from "./figures/band-figure";
import { circleFigure } from "./figures/circle-figure";
import { futuresFigure } from "./figures/futures-figure";
import { grokTimeFigure } from "./figures/grok-time-figure";
import { lossFigure } from "./figures/loss-figure";
import { type LotteryNeuron, lotteryFigure } from "./figures/lottery-figure";
import { neuronPhaseFigure } from "./figures/neuron-phase-figure";
import { orderParameterFigure } from "./figures/order-parameter-figure";
import { periodicityFigure } from "./figures/periodicity-figure";
import { phaseDiagram } from "./figures/phase-diagram";
import { phaseFigure } from "./figures/phase-figure";
import { progressFigure } from "./figures/progress-figure";
import { seedsFigure } from "./figures/seeds-figure";
import { singularValueFigure } from "./figures/singular-value-figure";
import { sparsityFigure } from "./figures/sparsity-figure";
import { spectrumFigure } from "./figures/spectrum-figure";
import { type WeightMoment, weightsFigure } from "./figures/weights-figure";

/** Three neurons in which one frequency outgrows five others; in the last one it is not the predicted one. */
const LOTTERY = [3, 11, 20].map((neuron, i): LotteryNeuron => {
  const winner = 1 + ((2 * i) % 6);
  return {
    neuron,
    predicted: i === 2 ? 6 : winner,
    moments: [0, 5, 10, 20, 40, 60].map((step) => {
      const raw = Array.from({ length: 7 }, (_, k) =>
        k === 0 ? 0 : 1 + 0.3 * Math.sin(5 * k + i) + (k === winner ? step ** 1.5 / 20 : 0),
      );
      const sum = raw.reduce((total, each) => total + each, 0);
      return {
        step,
        shares: raw.map((each) => each / sum),
        misalignment: raw.map((_, k) => (0.45 * Math.cos(3 * k + i)) / (1 + step / 8)),
      };
    }),
  };
});

/** Weights that grow out of nothing, each matrix into waves of its own. */
function growing(): WeightMoment[] {
  const shapes = { tokenEmbedding: [14, 7], "layers.0.feedForward.in.weight": [7, 21] };
  const all = { ...shapes, "layers.0.feedForward.in.bias": [21], "finalNorm.gain": [7] };
  return [0, 1_000, 4_000, 27_000].map((step, i) => ({
    step,
    weights: Object.entries(all).map(([name, shape], wave) => ({
      name,
      shape,
      values: Array.from({ length: shape.reduce((size, side) => size * side, 1) }, (_, at) => {
        const width = shape[1] ?? 1;
        const phase = (wave + 1) * (at % width) + (0.4 + 0.2 * wave) * Math.floor(at / width);
        return (i + 1) * Math.sin(phase) + 0.3 * Math.cos(7 * at);
      }),
    })),
  }));
}

// The gallery shows what figures look like; `vitest run packages/plot -u` draws it again.
describe("gallery", () => {
  const milestones = { t_mem: 800, t_grok: 251_800 };
  const subtitle = "MLP, 168,929 parameters · AdamW, lr 10^{−3}, weight decay 10^{−2} · seed 0";
  const title = "Addition mod 97, 45% of the pairs for training";

  it("accuracy", async () => {
    const svg = accuracyFigure(ADDITION, {
      title,
      subtitle,
      milestones,
      threshold: 0.95,
      chance: 1 / 97,
    });
    await expect(svg).toMatchFileSnapshot("../gallery/accuracy.svg");
  });

  it("loss", async () => {
    const svg = lossFigure(ADDITION, { title, subtitle, milestones, scale: "linear" });
    await expect(svg).toMatchFileSnapshot("../gallery/loss.svg");
  });

  it("band", async () => {
    const runs = seedRuns(7);
    const svg = bandFigure(
      [
        { label: "training", metric: "train_acc", runs },
        { label: "validation", metric: "val_acc", runs },
      ],
      { title: "Made-up runs over seven seeds", chance: 1 / 97 },
    );
    await expect(svg).toMatchFileSnapshot("../gallery/band.svg");
  });
});

describe("gallery of a network's inside", () => {
  const run = {
    title: "Addition mod 113",
    subtitle: "nanda, 226,816 parameters · AdamW, lr 0.001, weight decay 1 · seed 0",
    milestones: { t_mem: 200, t_grok: 4500 },
  };
  const made = { title: "A made-up network on addition mod 23" };
  const moments = portraits(23, 5);
  const pictures: Record<string, () => string> = {
    "order-parameters": () => orderParameterFigure(NANDA, run),
    sparsity: () => sparsityFigure(NANDA, run),
    "progress-measures": () => progressFigure(NANDA, run),
    "phase-transition": () =>
      phaseFigure(NANDA, {
        ...run,
        parameter: { column: "circularity", label: "circularity of the embedding" },
        phases: [
          { phase: "confusion", from: 100, to: 200 },
          { phase: "memorisation", from: 200, to: 3600 },
          { phase: "grokking", from: 3600, to: 4500 },
          { phase: "comprehension", from: 4500, to: 20_000 },
        ],
      }),
    ablation: () =>
      ablationFigure(
        [
          { label: "whole network", train_acc: 1, val_acc: 1 },
          { label: "without head 0.0", train_acc: 0.917, val_acc: 0.912 },
          { label: "without all heads", train_acc: 0.01, val_acc: 0.008 },
          { label: "without frequency 29", train_acc: 0.321, val_acc: 0.313 },
          { label: "only key frequencies", train_acc: 0.999, val_acc: 0.999 },
        ],
        { ...made, chance: 1 / 113 },
      ),
    "singular-values": () => singularValueFigure(listsOf("singular_values"), run),
    "fourier-spectrum": () =>
      spectrumFigure(
        [
          { label: "Embedding", records: listsOf("embedding_power") },
          { label: "Logits, along w_{k}(a + b)", records: listsOf("logit_power") },
        ],
        run,
      ),
    "embedding-circle": () => circleFigure(moments, { ...made, frequency: 5 }),
    "neuron-phases": () => neuronPhaseFigure(moments, made),
    lottery: () => lotteryFigure(LOTTERY, { ...made, milestones: { t_grok: 40 } }),
    "answer-map": () => answerMapFigure(moments, made),
    "logit-periodicity": () => periodicityFigure(moments, made),
    attention: () => attentionFigure(moments, { ...made, tokens: ["a", "b", "="] }),
    weights: () => weightsFigure(growing(), { title: "A made-up network of 273 weights" }),
  };

  it.each(Object.entries(pictures))("%s", async (name, draw) => {
    const svg = draw();
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    await expect(svg).toMatchFileSnapshot(`../gallery/${name}.svg`);
  });
});

describe("gallery of a sweep", () => {
  const title = "A made-up sweep of weight decay and training data";
  const pictures: Record<string, () => string> = {
    "phase-diagram": () =>
      phaseDiagram(CELLS, {
        title,
        xLabel: "Weight decay",
        yLabel: "Train fraction",
        steps: 20_000,
      }),
    "grok-time": () => grokTimeFigure(TIMES, { title, xLabel: "Weight decay (log scale)" }),
    seeds: () => seedsFigure(SEEDS, { title, threshold: 0.95 }),
    futures: () =>
      futuresFigure(FUTURES, FUTURES_PANELS, {
        title: "Made-up futures of five runs",
        trunks: 5,
        threshold: 0.95,
      }),
  };

  it.each(Object.entries(pictures))("%s", async (name, draw) => {
    const svg = draw();
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    await expect(svg).toMatchFileSnapshot(`../gallery/${name}.svg`);
  });
});
