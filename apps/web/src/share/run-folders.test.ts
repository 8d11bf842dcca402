import { expect, it } from "vitest";
import { runFolders } from "./run-folders";

it("finds each run among files, with its own files alone", () => {
  const paths = [
    "sweep/notes.txt",
    "sweep/runs/a/config.json",
    "sweep/runs/a/checkpoints/step-00000001.safetensors",
    "sweep/runs/ab/config.json",
    "sweep/runs/ab/metrics.jsonl",
  ];
  const found = runFolders(paths.map((path) => ({ path, file: path })));
  expect(found.map(({ name, files }) => [name, files.map(({ path }) => path)])).toEqual([
    ["a", ["config.json", "checkpoints/step-00000001.safetensors"]],
    ["ab", ["config.json", "metrics.jsonl"]],
  ]);
  expect(runFolders([{ path: "config.json.bak", file: 0 }])).toEqual([]);
});
