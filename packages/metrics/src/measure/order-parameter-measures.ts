import { randomStream } from "@grok/data";
import * as tf from "@tensorflow/tfjs-core";
import { neuronParticipation } from "../fourier/neuron-waves";
import { circularity } from "../geometry/circularity";
import { singularValues } from "../matrix/decomposition";
import { type Matrix, selectRows } from "../matrix/matrix";
import { effectiveRank, effectiveRankUpstream } from "../order-parameters/effective-rank";
import { fourierSignal, fourierSignalUpstream } from "../order-parameters/fourier-signal";
import {
  participationRatio,
  participationRatioUpstream,
  readCovariance,
} from "../order-parameters/participation-ratio";
import {
  representationQuality,
  representationQualityUpstream,
} from "../order-parameters/representation-quality";
import { defined } from "./defined";
import { alignmentMeasure } from "./kernel-alignment-measure";
import type { Measure } from "./measure";
import { mlpHidden } from "./mlp-view";
import { addingWeights, inputWeight, operandEmbeddings } from "./network-weights";
import {
  needsAddingNeurons,
  needsEmbedding,
  needsGroup,
  needsHidden,
  needsInputWeight,
  needsParallelograms,
} from "./requirement";

const upstream = "ChanceSiyuan/grokking, as coded";

const rqi: Measure = {
  name: "rqi",
  group: "order-parameters",
  columns: ["rqi", "rqi_upstream"],
  description: "share of the parallelograms of addition that the embedding has",
  source: `Liu et al. 2022; ${upstream}`,
  cost: "cheap",
  unavailable: (context) => needsEmbedding(context) ?? needsParallelograms(context),
  compute: async (snapshot) => {
    const embeddings = await operandEmbeddings(snapshot);
    const [first, second = first] = embeddings as [Matrix, Matrix | undefined];
    // Anew at every step, as the original draws the same quadruples each time.
    const random = randomStream(snapshot.context.seed, "representation-quality");
    return {
      rqi: defined(mean(embeddings.map((embedding) => representationQuality(embedding)))),
      rqi_upstream: representationQualityUpstream(first, second, random),
    };
  },
};

const circles: Measure = {
  name: "circularity",
  group: "order-parameters",
  columns: ["circularity"],
  description: "how much of the embedding's first four principal components is one wave each",
  source: "Zhong et al. 2023",
  cost: "cheap",
  unavailable: (context) => needsGroup(context) ?? needsEmbedding(context),
  compute: async (snapshot) => {
    const elements = snapshot.group?.elements as Int32Array;
    const values = (await operandEmbeddings(snapshot)).map((embedding) =>
      circularity(
        selectRows(embedding, elements),
        Math.min(4, elements.length - 1, embedding.columns),
      ),
    );
    return { circularity: defined(mean(values)) };
  },
};

const rank: Measure = {
  name: "effective-rank",
  group: "order-parameters",
  columns: ["effective_rank", "effective_rank_upstream"],
  description: "how many directions the first weight uses, by the entropy of its singular values",
  source: `Roy & Vetterli 2007; ${upstream}`,
  cost: "cheap",
  unavailable: needsInputWeight,
  compute: async (snapshot) => {
    const values = singularValues(await inputWeight(snapshot));
    return {
      effective_rank: defined(effectiveRank(values)),
      effective_rank_upstream: effectiveRankUpstream(values),
    };
  },
};

const participation: Measure = {
  name: "participation-ratio",
  group: "order-parameters",
  columns: ["participation_ratio", "participation_ratio_upstream"],
  description: "how many directions the last hidden activations of validation examples vary in",
  source: `tr(C)²/tr(C²); ${upstream}, which is the same but where nothing varies`,
  cost: "cheap",
  unavailable: needsHidden,
  compute: async (snapshot) => {
    const { anatomy, hidden } = snapshot.context;
    const rows = snapshot.validation;
    const activations = tf.tidy(() =>
      hidden === undefined && anatomy.mlp !== null
        ? mlpHidden(snapshot, anatomy.mlp, rows)
        : (hidden as NonNullable<typeof hidden>)(snapshot.parameters, rows),
    );
    const covariance = await readCovariance(activations as tf.Tensor2D);
    activations.dispose();
    return {
      participation_ratio: defined(participationRatio(covariance)),
      participation_ratio_upstream: participationRatioUpstream(covariance),
    };
  },
};

const signal: Measure = {
  name: "snr",
  group: "order-parameters",
  columns: ["snr", "snr_upstream"],
  description: "mean power of the first weight in a key frequency over that in another one",
  source: `after Nanda et al. 2023; ${upstream}`,
  cost: "cheap",
  unavailable: needsEmbedding,
  compute: async (snapshot) => {
    const embeddings = await operandEmbeddings(snapshot);
    const { group } = snapshot;
    const values = { snr_upstream: fourierSignalUpstream(...embeddings) };
    if (group === null) return { snr: null, ...values };
    const frequencies = await snapshot.keyFrequencies();
    const ratios = embeddings.map((embedding) =>
      fourierSignal(selectRows(embedding, group.elements), frequencies, { perFrequency: true }),
    );
    return { snr: defined(mean(ratios)), ...values };
  },
};

const neuronWave: Measure = {
  name: "ipr",
  group: "order-parameters",
  columns: ["ipr"],
  description:
    "mean inverse participation ratio of the neurons' weights from a, from b and to the answers: 1 if each neuron has one frequency",
  source: "Gromov 2023; Doshi et al. 2023",
  cost: "cheap",
  unavailable: needsAddingNeurons,
  compute: async (snapshot) => {
    return { ipr: defined(mean([...neuronParticipation(await addingWeights(snapshot))])) };
  },
};

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
}

/** The order parameters of ChanceSiyuan/grokking, each as the literature has it and as the original codes it. */
export const orderParameterMeasures: readonly Measure[] = [
  rqi,
  circles,
  rank,
  participation,
  alignmentMeasure,
  signal,
  neuronWave,
];
