import { imageTask } from "@grok/data";
import * as z from "zod";
import { dataFile } from "../../data-file/reference";
import { defineTask } from "../../kind/define";
import { trainFraction, trainFractionFlags } from "./equation";
import { fileTask } from "./file-task";
import { absentOfFeatures } from "./polynomial";

const files = fileTask<Uint8Array>((bytes) => bytes);

/** Classification of images in IDX files, as MNIST's. */
export const images = defineTask({
  name: "images",
  sentence: "classification of images in IDX files, MNIST's form",
  source: "LeCun et al. 1998; Liu et al. 2022 (Omnigrok) train on 1,000 of them",
  settings: z.strictObject({
    data: dataFile.describe("the file: CSV with a line of column names, or images in IDX form"),
    labels: dataFile.describe("the IDX file of the images' labels"),
    imageCount: z
      .int()
      .min(2)
      .max(1_000_000)
      .nullable()
      .default(null)
      .describe("images that are taken, from the first; all by default"),
    trainFraction,
  }),
  flags: trainFractionFlags,
  files: ["data", "labels"],
  decidedBy: "labels",
  text: ({ data }) => `labels of ${files.nameOf(data)}`,
  build: ({ data, labels, imageCount, trainFraction: fraction }) => {
    const task = imageTask({
      images: files.of(data),
      labels: files.of(labels),
      ...(imageCount === null ? {} : { count: imageCount }),
    });
    return {
      ...task,
      size: task.dataset().size,
      trainFraction: fraction,
      equation: null,
      absent: absentOfFeatures,
    };
  },
});
