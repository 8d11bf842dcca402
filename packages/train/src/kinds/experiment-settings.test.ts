import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { fieldsText, variantsText } from "../../test/type-text";
import { type Collection, collect } from "../kind/collection";

const sentences = (kinds: ReadonlyMap<string, { readonly sentence: string }>) =>
  new Map(Array.from(kinds, ([name, { sentence }]) => [name, sentence]));

const sentencesOfModels = ({ models }: Collection) =>
  new Map(
    Array.from(models, ([name, { sentence, variants }]) => [
      name,
      variants?.[name]?.sentence ?? sentence,
    ]),
  );

it("has every field of a built-in experiment with its sentence, as an editor shows it", async () => {
  const kinds = collect();
  const { preset, task, model, optimizer, training, ...common } = kinds.schema.shape;
  const text = `/**
 * The settings of experiments of built-in kinds, as types. It is written by experiment-settings.test.ts
 * from the kinds: \`GROK_WRITE=1 vitest run packages/train/src/kinds\`, then format.
 */

${variantsText("TaskSettings", "A task, by its kind.", task, sentences(kinds.tasks))}
${variantsText("ModelSettings", "A network, by its name.", model, sentencesOfModels(kinds))}
${variantsText("OptimizerSettings", "An optimizer, by its kind.", optimizer, sentences(kinds.optimizers))}
${variantsText("TrainingSettings", "The training, by its loss.", training, sentences(kinds.losses))}
/** What of an experiment is the same whatever it is made of. */
export interface CommonSettings {
${fieldsText({ preset, ...common })}}
`;
  const file = new URL("./experiment-settings.ts", import.meta.url);
  if (process.env.GROK_WRITE !== undefined) await writeFile(file, text);
  // Where lines break is the formatter's to say.
  const bare = (code: string) => code.replaceAll(/[\s|;()]/g, "");
  expect(bare(await readFile(file, "utf8"))).toBe(bare(text));
});
