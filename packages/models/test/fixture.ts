import { scatterBits } from "@grok/ops";
import type { ArchitectureName } from "../src/index";

/** What fixtures/make_fixtures.py stores of a tensor. */
export interface TensorRecord {
  norm: number;
  sum: number;
  largest: number;
  /** Base64 of float32, at {@link samplePlaces}. */
  samples: string;
}

/** A file that fixtures/make_fixtures.py writes: what PyTorch computes in float64. */
export interface Fixture {
  architecture: ArchitectureName;
  /** Changes to the architecture's config. */
  overrides: Record<string, number>;
  torch: string;
  parameterCount: number;
  optimizer: {
    learningRate: number;
    beta1: number;
    beta2: number;
    epsilon: number;
    weightDecay: number;
  };
  batch: { size: number; length: number; answerPositions: number[] };
  /** Per step. */
  tokens: number[][];
  labels: number[][];
  losses: number[];
  /** Of the first batch. */
  logits: TensorRecord;
  parameters: {
    name: string;
    shape: number[];
    /** Initial values are `centre + scale·u`, u from {@link uniform}. */
    centre: number;
    scale: number;
    /** Of the first batch. */
    gradient: TensorRecord;
    /** The weights after this many steps. */
    after: Readonly<Record<`${number}`, TensorRecord>>;
  }[];
  /** What the named points of the forward pass hold for the first batch; of some networks only. */
  points?: (TensorRecord & { name: string; shape: number[] })[];
  /** How far PyTorch's own float32 run is from its float64 run. */
  float32: { logits: number; gradients: number; weights: number };
}

/** Numbers of 32 bits that belong to a key: the same as in fixtures/make_fixtures.py. */
function hashed(key: number, index: number): number {
  return scatterBits(scatterBits(index) ^ scatterBits(key));
}

/** The initial values of the index-th parameter. */
export function initialWeights(
  index: number,
  { shape, centre, scale }: Fixture["parameters"][number],
): Float32Array {
  const size = shape.reduce((product, side) => product * side, 1);
  return Float32Array.from(
    { length: size },
    (_, i) => centre + scale * ((hashed(index, i) + 0.5) / 2 ** 31 - 1),
  );
}

const sampleCount = 256;

/** Which elements of a tensor a fixture stores: all of a small one. */
export function samplePlaces(size: number): number[] {
  if (size <= sampleCount) return Array.from({ length: size }, (_, i) => i);
  return Array.from({ length: sampleCount }, (_, i) => hashed(0x5a17, i) % size);
}

/** The stored elements. */
export function sampleValues({ samples }: TensorRecord): Float32Array {
  return new Float32Array(Uint8Array.from(atob(samples), (letter) => letter.charCodeAt(0)).buffer);
}
