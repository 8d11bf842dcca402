import { listPresets } from "@grok/train";
import { expect, test } from "vitest";
import type { Base } from "../state/experiment";
import { quick } from "../state/starting-point";
import type { RunEntry } from "../worker/protocol";
import { resolveFlags } from "../worker/resolve";
import { newestRuns } from "./newest-runs";

const bases: Base[] = [
  quick,
  ...listPresets().map((preset) => ({ ...preset, preset: preset.name, flags: {} })),
];

function run(id: string, preset: string, flags: Record<string, string>, step = 100): RunEntry {
  const resolved = resolveFlags(preset, flags, null);
  if (!resolved.ok) throw new Error(resolved.error);
  return {
    id,
    name: id,
    begun: 0,
    parent: null,
    run: { ...resolved, records: 1, step },
    summary: null,
    problem: null,
    branch: null,
  };
}

test("the newest run of each network counts, with any seed, but not with other settings", () => {
  const runs = [
    run("other", "quadratic", { "train-fraction": "0.4" }),
    run("unbegun", "quadratic", {}, 0),
    run("newest", "quadratic", { seed: "3" }),
    run("older", "quadratic", {}),
    run("first", quick.preset, quick.flags),
  ];
  expect(newestRuns(runs, bases)).toEqual(
    new Map([
      ["quadratic", "newest"],
      ["quick", "first"],
    ]),
  );
});
