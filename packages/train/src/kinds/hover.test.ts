import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";

const file = join(dirname(fileURLToPath(import.meta.url)), "hovered.ts");
const text = `import type { Experiment } from "../experiment/experiment";
declare const { task, model, optimizer, training, changes, backend }: Experiment;
if (task.kind === "modular") task.p;
if (model.architecture === "mlp") model.embedDim;
model.initialScale;
optimizer.lr;
optimizer.schedule.kind === "cosine" && optimizer.schedule.finalLr;
optimizer.parameterGroups[0]?.match;
training.batch.mode === "epoch" && training.batch.size;
training.loss === "hinge" && training.margin;
training.grokThreshold;
changes?.[0]?.resetOptimizer;
backend;
`;

let service: ts.LanguageService;

beforeAll(() => {
  service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const source = name === file ? text : ts.sys.readFile(name);
      return source === undefined ? undefined : ts.ScriptSnapshot.fromString(source);
    },
    getCurrentDirectory: () => dirname(file),
    getCompilationSettings: () => ({
      strict: true,
      lib: ["lib.es5.d.ts"],
      types: [],
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      module: ts.ModuleKind.ESNext,
    }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name),
  });
});

/** What an editor shows where the pointer rests on the end of a piece of the text. */
function hover(piece: string): string {
  const at = text.indexOf(piece) + piece.length - 1;
  const info = service.getQuickInfoAtPosition(file, at);
  return ts.displayPartsToString(info?.documentation);
}

it.each([
  ["task.kind", /^a binary operation modulo p/],
  ["task.p", /^the modulus$/],
  ["model.embedDim", /^features of an MLP's embedding$/],
  ["model.initialScale", /^every initial parameter is multiplied by it/],
  ["optimizer.lr", /^learning rate, after warm-up$/],
  ["optimizer.schedule.finalLr", /^learning rate at the end of a cosine$/],
  ["optimizer.parameterGroups[0]?.match", /^name of a parameter, or a pattern/],
  ["training.batch.size", /^examples per step$/],
  ["training.margin", /^by how much the right output must lead$/],
  ["training.grokThreshold", /^validation accuracy, or explained share/],
  ["changes?.[0]?.resetOptimizer", /^whether the optimizer forgets/],
])("an editor shows the sentence of %s", (piece, sentence) => {
  expect(hover(piece)).toMatch(sentence);
});

it("an editor shows the sentences of an experiment's own fields", () => {
  const at = text.lastIndexOf("backend");
  const info = service.getQuickInfoAtPosition(file, at);
  expect(ts.displayPartsToString(info?.displayParts)).toContain('"webgpu"');
  expect(hover("{ task")).toBe("What is learned.");
});
