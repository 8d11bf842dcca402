import type { RandomSource } from "./random-source";
import type { TensorData } from "./sample";

/** Standard normal numbers. */
export function normal(random: RandomSource, ...shape: number[]): TensorData {
  return { shape, values: random.normals(shape.reduce((a, b) => a * b, 1)) };
}

/** Whole numbers below a limit, as int32. */
export function ids(random: RandomSource, limit: number, ...shape: number[]): TensorData {
  return {
    shape,
    values: random.integers(
      shape.reduce((a, b) => a * b, 1),
      limit,
    ),
  };
}

/** Keeps relu's inputs off its kink, where finite differences mean nothing. */
export function awayFromZero(data: TensorData): TensorData {
  return {
    ...data,
    values: data.values.map((x) => (Math.abs(x) < 0.1 ? x + 0.3 : x)) as Float32Array,
  };
}

/** Logits with each row's largest at its label, so much above the others that `of` gives for theirs. */
export function confident(
  data: TensorData,
  labels: TensorData,
  of: (top: number) => number,
): TensorData {
  const classes = data.shape[1] as number;
  const values = data.values.slice() as Float32Array;
  for (const [row, label] of labels.values.entries()) {
    const own = values.subarray(row * classes, (row + 1) * classes);
    own[label] = of(Math.max(...own));
  }
  return { ...data, values };
}
