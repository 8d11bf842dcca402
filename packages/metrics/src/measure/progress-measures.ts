import { gini } from "../fourier/gini";
import { fourierSpectrum } from "../fourier/spectrum";
import { selectRows } from "../matrix/matrix";
import { excludedLoss, restrictedLoss } from "../progress/losses";
import { weightNorm } from "../weight-norm";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { neuronLogitMap, operandEmbeddings } from "./network-weights";
import { needsEmbedding, needsGroup, needsLogitMap } from "./requirement";

const source = "Nanda et al. 2023";

const fourierLosses: Measure = {
  name: "fourier-losses",
  group: "progress",
  columns: ["restricted_loss", "excluded_loss", "key_frequencies", "sum_share"],
  description:
    "loss with only the key frequencies of the logits (all pairs) and without them (training pairs); how many there are; the share of the logits' variance that depends on the answer only",
  source,
  cost: "cheap",
  unavailable: needsGroup,
  compute: async (snapshot) => {
    const logits = await snapshot.pairLogits();
    const spectrum = await snapshot.sumSpectrum();
    const frequencies = await snapshot.keyFrequencies();
    const pairs = await snapshot.trainPairs();
    return {
      restricted_loss: defined(restrictedLoss(logits, frequencies, { spectrum })),
      excluded_loss: defined(excludedLoss(logits, frequencies, { spectrum, pairs })),
      key_frequencies: frequencies.length,
      sum_share: defined(spectrum.share),
    };
  },
};

const giniCoefficients: Measure = {
  name: "gini",
  group: "progress",
  columns: ["gini_embedding", "gini_unembedding"],
  description:
    "how few Fourier components hold the embedding, and the map from the last neurons to the logits",
  source,
  cost: "cheap",
  unavailable: (context) =>
    needsGroup(context) ?? needsEmbedding(context) ?? needsLogitMap(context),
  compute: async (snapshot) => {
    const elements = snapshot.group?.elements as Int32Array;
    const ginis = (await operandEmbeddings(snapshot)).map((embedding) =>
      gini(fourierSpectrum(selectRows(embedding, elements)).norms),
    );
    const map = selectRows(await neuronLogitMap(snapshot), elements); // [n, neurons]
    return {
      gini_embedding: defined(ginis.reduce((sum, x) => sum + x, 0) / ginis.length),
      gini_unembedding: defined(gini(fourierSpectrum(map).norms)),
    };
  },
};

const norm: Measure = {
  name: "weight-norm",
  group: "progress",
  columns: ["weight_norm"],
  description: "length of all weights as one vector; its square is the total of squared weights",
  source: `Liu et al. 2022; ${source}`,
  cost: "cheap",
  unavailable: () => null,
  compute: async ({ parameters }) => {
    const value = await weightNorm(parameters);
    if (!Number.isFinite(value)) {
      throw new RangeError(`the weights have the length ${value}: all numbers must be finite`);
    }
    return { weight_norm: value };
  },
};

/** The progress measures of Nanda et al. 2023. */
export const progressMeasures: readonly Measure[] = [fourierLosses, giniCoefficients, norm];
