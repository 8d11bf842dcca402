import type { Batch, TaskShape } from "./task";

/** Examples of which some arrays are given; the others are empty. */
export function batchOf(given: Partial<Batch> & Pick<Batch, "size">): Batch {
  return {
    tokens: given.tokens ?? new Int32Array(0),
    features: given.features ?? new Float32Array(0),
    labels: given.labels ?? new Int32Array(0),
    targets: given.targets ?? new Float32Array(0),
    size: given.size,
  };
}

/** The shape of a task whose inputs are tokens and whose answers are labels. */
export function tokenShape(
  shape: Pick<TaskShape, "vocabulary" | "classes" | "length" | "answerPositions">,
): TaskShape {
  return { ...shape, features: 0, values: 0 };
}

/** The shape of a task whose inputs are real numbers, with one answer an example. */
export function featureShape(
  shape: Pick<TaskShape, "features"> & Partial<Pick<TaskShape, "classes" | "values">>,
): TaskShape {
  return { vocabulary: 0, length: 0, classes: 0, values: 0, answerPositions: [0], ...shape };
}
