import type { Future, FuturesPanel } from "../src/figures/futures-figure";
import type { GrokTimeSeries } from "../src/figures/grok-time-figure";
import type { PhaseCell } from "../src/figures/phase-diagram";
import type { SeedSeries } from "../src/figures/seeds-figure";
import type { BandStep } from "../src/marks/band-curve";

const decays = [0.25, 0.5, 1, 2, 4, 8];
const fractions = [0.4, 0.5, 0.6, 0.7, 0.8];

/** A made-up sweep in which more decay and more data help, until decay is too much. */
export const CELLS: readonly PhaseCell[] = fractions.flatMap((y) =>
  decays.map((x): PhaseCell => {
    const time = 900 / (x * (y - 0.3) ** 1.5);
    if (x > 5) return { x, y, median: null, grokked: 0, runs: 3 };
    if (time > 20_000) return { x, y, median: null, grokked: 0, runs: 3 };
    if (time > 14_000) return { x, y, median: null, grokked: 1, runs: 3 };
    return { x, y, median: Math.round(time / 100) * 100, grokked: time > 9_000 ? 2 : 3, runs: 3 };
  }),
);

/** Times of a made-up sweep along weight decay; the median and its interval are not estimated. */
export const TIMES: readonly GrokTimeSeries[] = [0.5, 0.7].map((fraction, i) => ({
  label: `train fraction ${fraction}`,
  law: { factor: 9_000 / (i + 1) ** 2, exponent: -1 + 0.1 * i, error: 0.08 },
  points: [0.25, 0.5, 1, 2, 4].map((x) => {
    const middle = (9_000 / (i + 1) ** 2) * x ** (-1 + 0.1 * i);
    const runs = [0.8, 0.95, 1.05, 1.3].map((factor) => ({
      time: Math.min(20_000, middle * factor),
      grokked: middle * factor < 20_000,
    }));
    const isSeen = middle < 20_000;
    return {
      x,
      median: isSeen ? middle : null,
      interval: [
        isSeen ? middle * 0.8 : 20_000,
        middle * 1.3 < 20_000 ? middle * 1.3 : null,
      ] as const,
      runs,
    };
  }),
}));

const rise = (step: number, at: number) => 1 / 31 + 30 / 31 / (1 + Math.exp(-(step - at) / 120));

function band(steps: readonly number[], ats: readonly number[]): BandStep[] {
  return steps.map((step) => {
    const values = ats.map((at) => rise(step, at)).sort((a, b) => a - b);
    const [low, , center, , high] = values as [number, number, number, number, number];
    return { step, low, center, high };
  });
}

const steps = (from: number, to: number) =>
  Array.from({ length: (to - from) / 100 + 1 }, (_, i) => from + 100 * i);

/** Five made-up seeds that rise at different times, at two settings. */
export const SEEDS: readonly SeedSeries[] = [1, 2].map((speed) => {
  const ats = [900, 1_500, 2_200, 3_100, 4_400].map((at) => at / speed);
  return {
    label: `weight decay ${speed}`,
    runs: 6,
    without: 1,
    overSteps: band(steps(100, 6_000), ats),
    aligned: band(steps(-3_000, 1_500), [-60, -30, 0, 30, 60]),
  };
});

/** Three made-up futures of five seeds that memorise at different steps. */
export const FUTURES: readonly Future[] = [
  { label: "no change", runs: 5, grokked: 5, ungrokked: 0, failed: 0, missing: 0 },
  { label: "t_{mem}: weight-decay=0", runs: 4, grokked: 0, ungrokked: 0, failed: 1, missing: 1 },
  {
    label: "t_{grok}: train-fraction=0.1",
    runs: 5,
    grokked: 5,
    ungrokked: 4,
    failed: 0,
    missing: 0,
  },
];

const rising = [2_000, 2_300, 2_600, 3_000, 3_400];
const fall = (step: number, to: number) => to + (1 - to) * Math.exp(-Math.max(0, step) / 900);

/** {@link FUTURES} as they are drawn: a panel from t_mem on, and one from t_grok on. */
export const FUTURES_PANELS: readonly FuturesPanel[] = [
  {
    title: "From t_{mem} on",
    isAligned: true,
    changes: [0],
    trunk: band(steps(-400, 0), rising),
    bands: [
      band(steps(0, 6_000), rising),
      steps(0, 6_000).map((step) => ({ step, low: 0.02, center: 0.04, high: 0.07 })),
      [],
    ],
  },
  {
    title: "From t_{grok} on",
    isAligned: true,
    changes: [0],
    trunk: band(steps(-3_000, 0), [-450, -400, -360, -300, -250]),
    bands: [
      band(steps(0, 3_000), [-450, -400, -360, -300, -250]),
      [],
      steps(0, 3_000).map((step) => ({
        step,
        low: fall(step, 0.4),
        center: fall(step, 0.55),
        high: fall(step, 0.8),
      })),
    ],
  },
];
