import "@tensorflow/tfjs-backend-cpu";
import { addDataFile, createRunFiles, resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { Library } from "../storage/library";
import { dataFilesOf, dataNeedsOf, findInLibrary, needsText } from "./data-files";
import { describe } from "./describe";
import { resolveFlags } from "./resolve";

const encoded = (text: string) => new TextEncoder().encode(text);

it("lets files decide what is learned, and leaves out what has no meaning beside them", async () => {
  const data = await addDataFile("rows.csv", encoded("x,y,label\n1,2,a\n2,1,b\n3,1,a\n4,4,b\n"));
  const resolved = resolveFlags("mlp", { p: "31", seed: "4", data }, "data");
  if (!resolved.ok) throw new Error(resolved.error);
  expect(resolved).toMatchObject({ task: "the last column of rows.csv", dropped: ["p"] });
  expect(resolved.values).toMatchObject({ seed: "4", data });
  expect(resolved.files).toMatchObject([{ flag: "data", name: "rows.csv", bytes: 34 }]);
  // Files of two tasks: the one that was chosen last counts.
  const table = await addDataFile("table.csv", encoded("0,1\n1,0\n"));
  const other = resolveFlags("mlp", { data, table }, "table");
  expect(other).toMatchObject({ ok: true, task: "a∘b of table.csv", dropped: ["data"] });
});

it("says which file a link needs, unless a run of the library has it", async () => {
  const bytes = encoded("x,y,label\n5,2,a\n2,5,b\n3,1,a\n4,5,b\n");
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
  const link = `preset=mlp&data=rows.csv:${digest}&seed=1`;
  const needs = dataNeedsOf(link);
  expect(needs).toEqual([{ flag: "data", name: "rows.csv", sha256: digest }]);
  expect(needsText(needs)).toBe(
    `It learns from the file rows.csv (sha256 ${digest.slice(0, 8)}…), which a link does not bring: choose it under "Data from a file".`,
  );
  expect(dataNeedsOf("preset=mlp&seed=1")).toEqual([]);

  const library = await Library.open();
  await findInLibrary(library, needs);
  expect(dataNeedsOf(link)).toHaveLength(1);
  const [, files] = await library.create("run", (error) => {
    throw error;
  });
  await files.write(`data/${digest}`, bytes);
  await findInLibrary(library, needs);
  expect(dataNeedsOf(link)).toEqual([]);
});

it("keeps the file with the run", async () => {
  const data = await addDataFile("rows.csv", encoded("x,label\n1,a\n2,b\n3,a\n4,b\n"));
  const experiment = resolveExperiment({ preset: "mlp", flags: { data } });
  const [file] = dataFilesOf(experiment);
  const [, files] = await (await Library.open()).create("run", () => {});
  await (await createRunFiles(files, experiment)).close();
  expect(await files.read(`data/${file?.sha256}`)).toHaveLength(24);
  expect(describe(experiment).files).toHaveLength(1);
});
