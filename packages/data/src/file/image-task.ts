import { requireInteger } from "../requirement";
import { batchOf, featureShape } from "../task/batch-of";
import type { Dataset, FiniteTask } from "../task/task";
import { parseIdx } from "./idx";

/** What {@link imageTask} takes. */
export interface ImageTaskOptions {
  /** An IDX file of images, [count, height, width]. */
  images: Uint8Array;
  /** An IDX file of labels, [count]. */
  labels: Uint8Array;
  /** How many images are taken, from the first; all by default. */
  count?: number;
  /** For people; default `"the labels of images of 28 × 28 pixels"`. */
  name?: string;
}

/**
 * Classification of images in IDX files, as MNIST's; Omnigrok (Liu et al. 2022) trains an MLP on 1,000
 * of them. A pixel is a feature in [0, 1], its byte over 255. Classes are 0 to the largest label.
 *
 * @throws RangeError if a file is none, or images and labels do not fit together
 */
export function imageTask({ images, labels, count, name }: ImageTaskOptions): FiniteTask {
  const pixels = parseIdx(images);
  const answers = parseIdx(labels);
  const [total = 0, height = 1, width = 1] = pixels.shape;
  if (pixels.shape.length < 2 || pixels.shape.length > 3 || answers.shape.length !== 1) {
    throw new RangeError(
      `Images are [count, height, width] and labels [count], not [${pixels.shape.join(", ")}] and [${answers.shape.join(", ")}].`,
    );
  }
  if (answers.shape[0] !== total) {
    throw new RangeError(`There are ${total} images and ${answers.shape[0]} labels.`);
  }
  const size = requireInteger("The number of images", count ?? total, 2, total);
  const features = height * width;
  const used = answers.values.subarray(0, size);
  const classes = 1 + used.reduce((most, label) => Math.max(most, label), 0);
  if (classes < 2) throw new RangeError("All labels are 0: there must be at least two classes.");
  const shape = featureShape({ features, classes });
  return {
    kind: "finite",
    name: name ?? `the labels of images of ${height} × ${width} pixels`,
    chance: 1 / classes,
    ...shape,
    dataset: (): Dataset => ({
      ...shape,
      ...batchOf({
        size,
        features: Float32Array.from(pixels.values.subarray(0, size * features), (x) => x / 255),
        labels: Int32Array.from(used),
      }),
    }),
  };
}
