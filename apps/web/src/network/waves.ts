import {
  fourierPlane,
  fourierSpectrum,
  keyFrequencies,
  type Matrix,
  selectRows,
} from "@grok/metrics";
import { planeView } from "./plane";
import type { GroupScene } from "./scene";
import type { CircleView, WavesView } from "./view";

/** Planes of a view: more than the key frequencies of most networks that have learned. */
const mostCircles = 8;

/**
 * The spectrum of the embedding, and the planes of the frequencies that hold most of it.
 *
 * @param embeddings what each operand is embedded as, [p, width] each; their powers are added up,
 *   and planes are those of the first
 * @param logits the logits' power by frequency, where it is known
 */
export function wavesView(
  embeddings: readonly Matrix[],
  { order, elements }: GroupScene,
  logits: Float64Array | null,
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
    circles: strongest(power, order).map((k) => circleView(inOrder[0] as Matrix, k)),
  };
}

/** The frequencies with most power, falling, of those that span a plane. */
function strongest(power: Float32Array, order: number): number[] {
  const frequencies = [...power.keys()].filter(
    (k) => k > 0 && 2 * k !== order && (power[k] as number) > 0,
  );
  return frequencies
    .sort((j, k) => (power[k] as number) - (power[j] as number))
    .slice(0, mostCircles);
}

function circleView(embedding: Matrix, frequency: number): CircleView {
  const { points, roundness } = fourierPlane(embedding, frequency);
  return { ...planeView(points), frequency, roundness };
}
