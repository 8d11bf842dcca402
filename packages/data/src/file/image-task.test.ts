import { expect, test } from "vitest";
import { parseIdx } from "./idx";
import { imageTask } from "./image-task";

/** An IDX file. */
function idx(shape: number[], values: number[], type = 8): Uint8Array {
  const sizes = shape.flatMap((side) => [0, 0, side >> 8, side & 255]);
  return Uint8Array.from([0, 0, type, shape.length, ...sizes, ...values]);
}

const images = idx([3, 1, 2], [0, 255, 51, 102, 255, 255]);
const labels = idx([3], [2, 0, 1]);

test("pixels are features in [0, 1], and labels classes", () => {
  const task = imageTask({ images, labels });
  expect([task.features, task.classes, task.name]).toEqual([
    2,
    3,
    "the labels of images of 1 × 2 pixels",
  ]);
  const dataset = task.dataset();
  expect(dataset.features).toEqual(Float32Array.of(0, 1, 0.2, 0.4, 1, 1));
  expect([...dataset.labels]).toEqual([2, 0, 1]);
  expect(imageTask({ images, labels, count: 2 }).dataset().size).toBe(2);
});

test.each([
  [Uint8Array.of(0x1f, 0x8b, 8, 0), "The file is compressed: unpack it with gunzip first."],
  [Uint8Array.of(1, 2), /is no IDX file/],
  [idx([2], [1, 2], 13), "The IDX file is of type 13: only unsigned bytes, 8, are read."],
  [idx([3], [1, 2]), "The IDX file has 2 bytes of values: [3] needs 3."],
  [Uint8Array.of(0, 0, 8, 3, 0, 0), "The IDX file ends within its header."],
])("a file that is none is refused", (bytes, message) => {
  expect(() => parseIdx(bytes)).toThrow(message);
});

test("images and labels that do not belong together are refused", () => {
  expect(() => imageTask({ images, labels: idx([2], [0, 1]) })).toThrow(
    "There are 3 images and 2 labels.",
  );
  expect(() => imageTask({ images: labels, labels })).toThrow(/not \[3\] and \[3\]/);
  expect(() => imageTask({ images, labels, count: 4 })).toThrow(/from 2 to 3, not 4/);
});
