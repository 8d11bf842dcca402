import {
  fourierPlane,
  fourierSpectrum,
  keyFrequencies,
  type Matrix,
  selectRows,
} from "@grok/metrics";
import { alignTurn, planeView } from "./plane";
import type { GroupScene } from "./scene";
import type { CircleView, WavesView } from "./view";

/**
 * The spectrum of the embedding, and the embedding in the plane of each frequency.
 *
 * @param embeddings what each operand is embedded as, [p, width] each; their powers are added up,
 *   and planes are those of the first
 * @param logits the logits' power by frequency, where it is known
 * @param before the waves of the step before, which decide how circles are turned
 */
export function wavesView(
  embeddings: readonly Matrix[],
  { order, elements }: GroupScene,
  logits: Float64Array | null,
  before: WavesView | null = null,
): WavesView {
  const inOrder = embeddings.map((embedding) => selectRows(embedding, elements));
  const power = new Float32Array(Math.floor(order / 2) + 1);
  for (const embedding of inOrder) {
    for (const [k, part] of fourierSpectrum(embedding).power.entries()) {
      power[k] = (power[k] as number) + part;
    }
  }
  return {
    embedding: power,
    logits: logits && Float32Array.from(logits),
    keys: keyFrequencies(logits ?? power),
    circles: planar(power, order).map((k) =>
      circleView(
        inOrder[0] as Matrix,
        k,
        before?.circles.find(({ frequency }) => frequency === k),
      ),
    ),
  };
}

/** The frequencies that are there at all and have a sine besides their cosine. */
function planar(power: Float32Array, order: number): number[] {
  return [...power.keys()].filter((k) => k > 0 && 2 * k !== order && (power[k] as number) > 0);
}

function circleView(embedding: Matrix, frequency: number, before?: CircleView): CircleView {
  const { points, roundness } = fourierPlane(embedding, frequency);
  return { ...planeView(alignTurn(points, before)), frequency, roundness };
}
