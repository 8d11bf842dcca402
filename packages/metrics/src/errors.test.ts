import "@tensorflow/tfjs-backend-cpu";
import { binaryTask } from "@grok/data";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { factsOf, p, randomMlp } from "../test/mlp-facts";
import { matrixBy, randomMatrix } from "../test/random-matrix";
import * as main from "./index";
import * as numerics from "./numerics/index";
import * as prediction from "./prediction/index";
import * as statistics from "./statistics/index";
import * as upstream from "./upstream/index";

const metrics = { ...main, ...numerics, ...prediction, ...statistics, ...upstream };

// What every exported function says to inputs of a wrong shape, a p that does not match, and NaN.
const { cyclicGroup, matrixOf, pairLogits, Snapshot, selectMeasures }: typeof main = main;

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const nan = Number.NaN;
const good = randomMatrix(1, 9, 5);
const square = randomMatrix(2, 6, 6);
const broken = matrixBy(9, 5, (i, j) => (i === 4 && j === 2 ? nan : i + j));
const brokenSquare = matrixBy(6, 6, (i, j) => (i === j ? nan : 1));
/** As a matrix that somebody put together by hand: five numbers are no 3 × 2. */
const torn = { values: new Float64Array(5), rows: 3, columns: 2 };
const labels = [0, 1, 2, 0, 1, 2];
const group = cyclicGroup("+", 7) as main.CyclicGroup;
const { pairs, labels: sums } = binaryTask({ operation: "+", p: 7, layout: "pair" }).dataset();
const logits = pairLogits({ logits: randomMatrix(3, 49, 7), pairs }, group);
const tensors = (value: number) => ({ w: tf.tensor2d([1, value, 3, 4], [2, 2]) });
const record = (step: number, value = 0.5) => ({
  step,
  train_loss: value,
  train_acc: value,
  val_loss: value,
  val_acc: value,
  weight_norm: value,
});
const mlp = (weight: main.Matrix) => ({
  layers: [
    { weight, bias: new Float64Array(weight.columns) },
    { weight: randomMatrix(5, weight.columns, 3), bias: new Float64Array(3) },
  ],
  scale: 1,
});
const random = { normal: () => 0.5, integer: (n: number) => n - 1 };
const loss = (at: Record<string, tf.Tensor>) => tf.sum(tf.square(at.w as tf.Tensor)) as tf.Scalar;
const asked = (operands: [number, number]) =>
  metrics.gradientSymmetricity(["w", tensors(2).w], (w) => w, [[{ operands, row: 0, label: 0 }]]);
const snapshotOf = (parameters: Record<string, tf.Tensor>, task = { operation: "+", p }) =>
  new Snapshot(factsOf("+", { task }), parameters);
const nanMlp = () => ({ ...randomMlp(), "layers.0.weight": tf.fill([2 * p, 93], nan) });
const sparse = (changes: Partial<main.SparseSubnetworkOptions>) =>
  metrics.sparseSubnetwork({
    hidden: good,
    weight: randomMatrix(6, 5, 3),
    norms: [1, 2, 3, 4, 5],
    labels: Int32Array.from({ length: 9 }, (_, i) => i % 3),
    train: Int32Array.of(0, 1),
    ...changes,
  });
const short = { "layers.0.weight": tf.zeros([5, 93]) };

/** Calls that are refused, by the function that refuses them. */
const refused: Record<string, readonly (() => unknown)[]> = {
  addingNeurons: [
    () => metrics.addingNeurons([good, good, square]),
    () => metrics.addingNeurons([good, broken, good]),
  ],
  frequencyLottery: [
    () => metrics.frequencyLottery([good, good, square]),
    () => metrics.frequencyLottery([good, broken, good]),
  ],
  addingWeights: [
    () => metrics.addingWeights(snapshotOf(short)),
    () => metrics.addingWeights(snapshotOf(randomMlp(), { operation: "x2+y2", p })),
  ],
  alignRuns: [() => metrics.alignRuns([{ points: [], at: nan }])],
  answerMap: [
    () => metrics.answerMap(randomMatrix(1, 48, 7), { size: 7, pairs, labels: sums, train: [] }),
    () => metrics.answerMap(randomMatrix(1, 49, 7), { size: 5, pairs, labels: sums, train: [] }),
    () =>
      metrics.answerMap(
        matrixBy(49, 7, () => nan),
        { size: 7, pairs, labels: sums, train: [] },
      ),
  ],
  checkFrequencies: [
    () => metrics.checkFrequencies([4], 7),
    () => metrics.checkFrequencies([nan], 7),
  ],
  circularity: [() => metrics.circularity(broken), () => metrics.circularity(torn)],
  componentsOf: [() => metrics.componentsOf(4, 7), () => metrics.componentsOf(nan, 7)],
  computeMeasures: [
    () =>
      metrics.computeMeasures(
        selectMeasures(["progress"], factsOf("+")).measures,
        snapshotOf(nanMlp()),
      ),
    () =>
      metrics.computeMeasures(
        selectMeasures(["weight-norm"], factsOf("+")).measures,
        snapshotOf(nanMlp()),
      ),
    () =>
      metrics.computeMeasures(
        selectMeasures(["participation-ratio"], factsOf("+")).measures,
        snapshotOf(nanMlp()),
      ),
    () =>
      metrics.computeMeasures(
        selectMeasures(["progress"], factsOf("+", { task: { operation: "+", p: 37 } })).measures,
        snapshotOf(randomMlp(), { operation: "+", p: 37 }),
      ),
  ],
  cosineCoefficients: [
    () => metrics.cosineCoefficients({ ...logits, values: logits.values.slice(1) }),
  ],
  covariance: [() => metrics.covariance(broken), () => metrics.covariance(torn)],
  curveBand: [() => metrics.curveBand([]), () => metrics.curveBand([[{ step: nan, value: 1 }]])],
  detectGrok: [
    () => metrics.detectGrok([record(2), record(1)]),
    () => metrics.detectGrok([record(1)], { grokThreshold: nan }),
  ],
  effectiveRank: [() => metrics.effectiveRank([1, nan]), () => metrics.effectiveRank([-1])],
  effectiveRankUpstream: [() => metrics.effectiveRankUpstream([1, nan])],
  eigensystem: [() => metrics.eigensystem(good), () => metrics.eigensystem(brokenSquare)],
  excludedLoss: [
    () => metrics.excludedLoss(logits, [9]),
    () => metrics.excludedLoss(logits, [1], { pairs: Int32Array.of(99) }),
  ],
  findSlingshots: [
    () =>
      metrics.findSlingshots([
        { step: 2, train_loss: 1 },
        { step: 1, train_loss: 1 },
      ]),
    () => metrics.findSlingshots([], { window: 0 }),
  ],
  fourierBasis: [() => metrics.fourierBasis(1), () => metrics.fourierBasis(nan)],
  fourierPlane: [() => metrics.fourierPlane(broken, 1), () => metrics.fourierPlane(good, 5)],
  fourierSignal: [() => metrics.fourierSignal(broken, [1]), () => metrics.fourierSignal(good, [7])],
  fourierSignalUpstream: [() => metrics.fourierSignalUpstream(broken)],
  fourierSpectrum: [() => metrics.fourierSpectrum(broken), () => metrics.fourierSpectrum(torn)],
  fourierTransform: [() => metrics.fourierTransform(torn), () => metrics.fourierTransform(broken)],
  explainedVariance: [
    () => metrics.explainedVariance([[nan], [1, 2]]),
    () => metrics.explainedVariance([[1], [1, 2]], 2),
  ],
  gini: [() => metrics.gini([1, nan]), () => metrics.gini([-1]), () => metrics.gini([])],
  gradientSize: [
    () => metrics.gradientSize(tensors(1), { v: tf.zeros([2, 2]) }),
    () => metrics.gradientSize(tensors(1), tensors(nan)),
    () => metrics.gradientSize(tensors(nan), tensors(1)),
    () => metrics.gradientSize(tensors(1), { w: tf.zeros([3]) }),
  ],
  highestFrequency: [() => metrics.highestFrequency(nan), () => metrics.highestFrequency(0)],
  inputWeight: [
    () => metrics.inputWeight(snapshotOf(nanMlp())),
    () => metrics.inputWeight(snapshotOf({})),
  ],
  judgeForecast: [() => metrics.judgeForecast([], { at: 1, horizon: 2 } as never)],
  inverseParticipation: [
    () => metrics.inverseParticipation([1, nan]),
    () => metrics.inverseParticipation([-1]),
  ],
  kaplanMeier: [
    () => metrics.kaplanMeier([]),
    () => metrics.kaplanMeier([{ time: nan, happened: true }]),
  ],
  kernelAlignment: [
    () => metrics.kernelAlignment(square, [1]),
    () => metrics.kernelAlignment(brokenSquare, labels),
    () => metrics.kernelAlignment(good, labels),
  ],
  kernelAlignmentDebiased: [
    () => metrics.kernelAlignmentDebiased(square, [1]),
    () => metrics.kernelAlignmentDebiased(brokenSquare, labels),
  ],
  kernelAlignmentUpstream: [
    () => metrics.kernelAlignmentUpstream(square, [1]),
    () => metrics.kernelAlignmentUpstream(brokenSquare, labels),
  ],
  keyFrequencies: [
    () => metrics.keyFrequencies([1, nan]),
    () => metrics.keyFrequencies([1, 2], { share: 2 }),
  ],
  learnForecast: [() => metrics.learnForecast([], { at: 1, horizon: 2 })],
  learningPhase: [() => metrics.learningPhase([record(2), record(1)])],
  localLearningCoefficient: [
    () =>
      metrics.localLearningCoefficient(tensors(nan), loss, {
        random: () => random,
        examples: 10,
        stepSize: 1e-3,
      } as never),
  ],
  matrixOf: [
    () => matrixOf(new Float32Array(5), 3, 2),
    () => matrixOf(new Float32Array(6), 2.5, 2),
  ],
  mlpTangentKernel: [
    () => metrics.mlpTangentKernel(mlp(square), { inputs: good }, "sum"),
    () => metrics.mlpTangentKernel(mlp(brokenSquare), { inputs: square }, "sum"),
    () => metrics.mlpTangentKernel(mlp(square), { inputs: brokenSquare }, "trace"),
  ],
  neuronParticipation: [
    () => metrics.neuronParticipation([]),
    () => metrics.neuronParticipation([broken]),
    () => metrics.neuronParticipation([randomMatrix(1, 5, 3), randomMatrix(1, 5, 4)]),
  ],
  neuronWaves: [() => metrics.neuronWaves(broken), () => metrics.neuronWaves(torn)],
  neuronFrequencies: [
    () => metrics.neuronFrequencies(good, 4),
    () => metrics.neuronFrequencies(broken, 3),
  ],
  neuronKeyFrequencies: [
    () =>
      metrics.neuronKeyFrequencies({
        frequencies: Int32Array.of(1),
        explained: Float64Array.of(1, 2),
      }),
    () =>
      metrics.neuronKeyFrequencies({
        frequencies: Int32Array.of(1),
        explained: Float64Array.of(nan),
      }),
  ],
  neuronLogitMap: [
    () => metrics.neuronLogitMap(snapshotOf({})),
    () =>
      metrics.neuronLogitMap(
        snapshotOf({ ...randomMlp(), "layers.1.weight": tf.fill([93, p], nan) }),
      ),
    () => metrics.neuronLogitMap(snapshotOf(randomMlp(), { operation: "+", p: 37 })),
  ],
  normalQuantile: [() => metrics.normalQuantile(nan), () => metrics.normalQuantile(1.5)],
  operandEmbeddings: [
    () => metrics.operandEmbeddings(snapshotOf(nanMlp())),
    () => metrics.operandEmbeddings(snapshotOf(short)),
    () => metrics.operandEmbeddings(snapshotOf(randomMlp(), { operation: "+", p: 37 })),
  ],
  distanceIrrelevance: [
    () => metrics.distanceIrrelevance({ ...logits, values: logits.values.slice(1) }),
  ],
  gradientSymmetricity: [() => asked([0, 0]), () => asked([0, 2]), () => asked([-1, 0])],
  pairLogits: [
    () => pairLogits({ logits: randomMatrix(3, 48, 7), pairs }, group),
    () => pairLogits({ logits: matrixBy(49, 7, () => nan), pairs }, group),
    () => pairLogits({ logits: randomMatrix(3, 49, 5), pairs }, group),
    () =>
      pairLogits(
        { logits: randomMatrix(3, 49, 9), pairs },
        cyclicGroup("+", 9) as main.CyclicGroup,
      ),
  ],
  pairLoss: [() => metrics.pairLoss(logits, Int32Array.of(99))],
  pairSpectrum: [
    () => metrics.pairSpectrum(randomMatrix(1, 48, 2), 7),
    () =>
      metrics.pairSpectrum(
        matrixBy(4, 2, () => nan),
        2,
      ),
  ],
  participationRatio: [
    () => metrics.participationRatio(good),
    () => metrics.participationRatio(brokenSquare),
  ],
  participationRatioUpstream: [
    () => metrics.participationRatioUpstream(good),
    () => metrics.participationRatioUpstream(brokenSquare),
  ],
  leastSquares: [() => metrics.leastSquares([[nan, 1]])],
  phaseSpans: [() => metrics.phaseSpans([record(2), record(1)])],
  powerLaw: [() => metrics.powerLaw([{ x: nan, time: 1, happened: true }])],
  predictionInterval: [
    () => metrics.predictionInterval([nan, 1]),
    () => metrics.predictionInterval([0, 1], { isLogarithmic: true }),
  ],
  principalComponents: [
    () => metrics.principalComponents(broken),
    () => metrics.principalComponents(good, 99),
  ],
  readCovariance: [
    () => metrics.readCovariance(tf.tensor2d([1, nan], [2, 1])),
    () => metrics.readCovariance(tf.tensor1d([1, 2]) as unknown as tf.Tensor2D),
  ],
  readMatrix: [() => metrics.readMatrix(tf.tensor1d([1]))],
  representationQuality: [
    () => metrics.representationQuality(broken),
    () => metrics.representationQuality(torn),
  ],
  representationQualityUpstream: [
    () => metrics.representationQualityUpstream(broken, broken, random),
    () => metrics.representationQualityUpstream(good, square, random),
  ],
  restrictedLoss: [
    () => metrics.restrictedLoss(logits, [9]),
    () => metrics.restrictedLoss(logits, [1, 1]),
  ],
  scoreDataset: [
    () =>
      metrics.scoreDataset([0], () => ({
        logits: tf.zeros([2, 3]),
        labels: tf.zeros([3], "int32"),
      })),
  ],
  selectMeasures: [
    () => selectMeasures(["nothing"], factsOf("+")),
    () => selectMeasures(["gini"], factsOf("x2+y2")),
  ],
  selectRows: [() => metrics.selectRows(good, [9]), () => metrics.selectRows(good, [nan])],
  sharpness: [
    () => metrics.sharpness(tensors(nan), loss, { random }),
    () => metrics.sharpness(tensors(1), loss, { random, iterations: 0 }),
  ],
  signTest: [() => metrics.signTest([nan])],
  singularValues: [() => metrics.singularValues(broken), () => metrics.singularValues(torn)],
  softmaxCollapse: [
    () => metrics.softmaxCollapse(good, [0]),
    () => metrics.softmaxCollapse(broken, Array(9).fill(0)),
    () => metrics.softmaxCollapse(good, Array(9).fill(5)),
  ],
  sparseSubnetwork: [
    () => sparse({ norms: [1] }),
    () => sparse({ bias: [1] }),
    () => sparse({ hidden: torn }),
    () => sparse({ hidden: randomMatrix(6, 4, 5) }),
    () => sparse({ weight: brokenSquare }),
    () => sparse({ hidden: broken }),
  ],
  splitRHat: [() => metrics.splitRHat([]), () => metrics.splitRHat([[1, 2, nan, 4]])],
  stableStepSize: [() => metrics.stableStepSize(nan, { examples: 10 })],
  studentQuantile: [() => metrics.studentQuantile(1, 3), () => metrics.studentQuantile(0.9, nan)],
  sumSpectrum: [() => metrics.sumSpectrum({ ...logits, values: logits.values.slice(1) })],
  targetAlignment: [
    () => metrics.targetAlignment(square, [1, 2]),
    () => metrics.targetAlignment(brokenSquare, [1, 2, 3, 4, 5, 6]),
    () => metrics.targetAlignment(square, [1, 2, 3, 4, 5, nan]),
  ],
  tangentKernel: [
    () => metrics.tangentKernel(tensors(1), () => loss(tensors(1)), 0),
    () => metrics.tangentKernel({}, () => tf.scalar(1), 3),
  ],
  updateSize: [
    () => metrics.updateSize(tensors(1), {}),
    () => metrics.updateSize(tensors(1), tensors(nan)),
    () => metrics.updateSize(tensors(1), { w: tf.zeros([3]) }),
  ],
  warningSigns: [
    () => metrics.warningSigns([record(1)]),
    () => metrics.warningSigns([record(1), record(2), record(3, nan)]),
  ],
  watch: [() => metrics.watch([record(2), record(1)], { chance: 0.1 })],
};

/** Classes, and functions that take nothing of a wrong shape; weightNorm and scoreOf say NaN, as they promise. */
const exempt = new Set([
  "weightNorm",
  "scoreOf",
  "cyclicGroup",
  "pairsAmong",
  "survivalOfRun",
  "transitionOf",
  "hasAddingNeurons",
  "GrokDetector",
  "Snapshot",
  "Tally",
]);

describe("inputs that do not fit", () => {
  it("are told of for every exported function", () => {
    const functions = Object.entries(metrics)
      .filter(([name, value]) => typeof value === "function" && !exempt.has(name))
      .map(([name]) => name);
    const untold = functions.filter((name) => (refused[name]?.length ?? 0) === 0);
    expect(untold).toEqual([]);
  });

  const calls = Object.entries(refused).flatMap(([name, list]) =>
    list.map((call, i) => [`${name}, call ${i + 1}`, call] as const),
  );
  it.each(calls)("%s: one clear error", async (_, call) => {
    let error: unknown;
    try {
      await call();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Error);
    expect(["RangeError", "TypeError"]).toContain((error as Error).name);
    const { message } = error as Error;
    expect(message).not.toMatch(/\n|undefined|\[object|is not a function|Cannot read/);
    expect(message.length).toBeGreaterThan(15);
    // However many measures there are.
    expect(message.replace(/: allowed are all, default, .*/, "").length).toBeLessThan(250);
  });
});
