import { type CsvTask, type CsvTaskOptions, csvTask } from "@grok/data";
import * as z from "zod";
import { dataFile } from "../../data-file/reference";
import { defineTask } from "../../kind/define";
import { trainFraction, trainFractionFlags } from "./equation";
import { fileTask, textOf } from "./file-task";
import { absentOfFeatures } from "./polynomial";

const files = fileTask<CsvTask, Omit<CsvTaskOptions, "text">>((bytes, options) =>
  csvTask({ ...options, text: textOf(bytes) }),
);

/** Prediction of one column of a table of numbers from the others. */
export const csv = defineTask({
  name: "csv",
  sentence: "prediction of one column of a CSV file, a label or a number, from its numeric others",
  source: null,
  settings: z.strictObject({
    data: dataFile.describe("the file: CSV with a line of column names, or images in IDX form"),
    target: z
      .string()
      .min(1)
      .max(100)
      .nullable()
      .default(null)
      .describe("the column to predict; the last by default"),
    answer: z
      .enum(["auto", "label", "value"])
      .default("auto")
      .describe(
        "whether the column to predict is a label or a number; auto: a number if some is no whole one, or if it has over 100 different ones",
      ),
    standardize: z
      .boolean()
      .default(true)
      .describe("shift and scale each input column to mean 0 and deviation 1"),
    trainFraction,
  }),
  flags: trainFractionFlags,
  files: ["data"],
  decidedBy: "data",
  text: ({ data, target }) => `${target ?? "the last column"} of ${files.nameOf(data)}`,
  build: ({ data, target, answer, standardize, trainFraction: fraction }) => {
    const task = files.of(data, {
      standardize,
      ...(target === null ? {} : { target }),
      ...(answer === "auto" ? {} : { answer }),
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
