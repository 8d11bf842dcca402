import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { accuracyComparison } from "../drawing/accuracy";
import { bandOver, publishedCurve } from "../drawing/bands";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import { finalOf } from "../judge/measures";
import { runsOf } from "../result/reproduction";
import { findRuns } from "./find-runs";
import { readRecorded, readResults, recordResult, writeDocument } from "./record";
import { type ReproduceOptions, reproduce } from "./reproduce";

// Each figure starts a process of its own from its sources.
vi.setConfig({ testTimeout: 180_000 });

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "grok-reproduce-"));
});
afterEach(() => rm(root, { recursive: true }));

const flags = { p: 7, width: 16, "embed-dim": 8, "eval-every": 10, backend: "cpu" };

const tiny: Figure = {
  id: "tiny",
  title: "A tiny figure",
  source: { text: "nobody", url: "https://example.org" },
  about: "",
  seedsBecause: "as many as a test may have.",
  arms: [
    {
      name: "runs",
      label: "runs",
      spec: { preset: "mlp", flags: { ...flags, steps: 40 } },
      seeds: [0, 1, 2],
      quick: { seeds: [0] },
      seconds: 1,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Training accuracy at the end",
      arms: ["runs"],
      unit: "share",
      of: finalOf("train_acc"),
      published: { text: "some", band: [0, 1], because: "any" },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    accuracyComparison(
      [bandOver(runs, "train_acc", "training"), publishedCurve("published", [[20, 0.5]])],
      { title: "A tiny figure" },
    ),
  notes: [],
};

const settings = (more: Partial<ReproduceOptions> = {}): ReproduceOptions => ({
  folder: join(root, "runs", "tiny"),
  jobs: 1,
  threads: 1,
  command: "grok reproduce tiny",
  ...more,
});

it("runs what --quick asks for, then what is missing, and leaves what has ended alone", async () => {
  const quick = await reproduce(tiny, settings({ quick: true }));
  expect(quick.result).toMatchObject({ verdict: "partly run", extent: "partly", done: 1, of: 3 });
  const [first] = quick.runs;
  const file = join(root, "runs", "tiny", "runs", String(first?.name), "metrics.jsonl");
  const before = await readFile(file, "utf8");

  const heard: string[] = [];
  const full = await reproduce(
    tiny,
    settings({ onChange: ({ name }, event) => event?.type === "evaluation" && heard.push(name) }),
  );
  expect(full.result).toMatchObject({ verdict: "reproduced", extent: "full", done: 3 });
  expect(heard).not.toContain(first?.name);
  expect(await readFile(file, "utf8")).toBe(before);
  expect(full.svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(full.svg).toContain("training (N = 3)");
  for (const name of ["figure.svg", "figure.png", "verdict.json", "sweep.json"]) {
    expect(existsSync(join(root, "runs", "tiny", name))).toBe(true);
  }

  // A figure beside it, under another name, does none of them again.
  const other = await reproduce(
    { ...tiny, id: "other" },
    settings({ folder: join(root, "runs", "other"), noRun: true }),
  );
  expect(other.result).toMatchObject({ id: "other", extent: "full", done: 3 });
  expect(other.state).toBeNull();
});

it("takes runs from any tree of run folders, by their experiments and not their names", async () => {
  await reproduce(tiny, settings({ quick: true }));
  const [asked] = figureRuns(tiny, true);
  const own = join(root, "runs", "tiny", "runs", String(asked?.name));
  const elsewhere = join(root, "else", "where", "first");
  await cp(own, elsewhere, { recursive: true });
  await rm(join(root, "runs"), { recursive: true });
  // What was interrupted, and what is no run, is passed over.
  await cp(elsewhere, join(root, "else", "interrupted"), { recursive: true });
  const summary = join(root, "else", "interrupted", "summary.json");
  const text = await readFile(summary, "utf8");
  await writeFile(summary, text.replace(/"status": ?"[a-z]+"/, '"status": "interrupted"'));
  await cp(elsewhere, join(root, "else", "broken"), { recursive: true });
  await writeFile(join(root, "else", "broken", "config.json"), "{");

  const known = await findRuns([join(root, "else")]);
  expect([...known]).toEqual([[asked?.name, elsewhere]]);
  const { result } = await reproduce(tiny, settings({ noRun: true, known }));
  expect(result).toMatchObject({ extent: "partly", done: 1 });
  expect(existsSync(join(own, "metrics.jsonl"))).toBe(true);
});

it("judges nothing where nothing has run, and writes nothing", async () => {
  const { result, svg } = await reproduce(tiny, settings({ noRun: true }));
  expect(result).toMatchObject({ verdict: "not yet run", done: 0 });
  expect(svg).toBeNull();
  expect(existsSync(join(root, "runs"))).toBe(false);
});

it("keeps results with all that draws the figure again, and never fewer runs than before", async () => {
  const full = await reproduce(tiny, settings());
  expect(await recordResult(root, tiny, full)).toBe(true);
  const kept = (await readResults(root, [tiny])).get("tiny");
  expect(kept).toEqual(full.result);
  expect(kept === undefined ? "" : await tiny.draw(runsOf(kept))).toBe(full.svg);
  expect(existsSync(join(root, "docs", "images", "reproductions", "tiny.png"))).toBe(true);
  const document = await readFile(await writeDocument(root, [tiny]), "utf8");
  expect(document).toMatch(/\*\*reproduced\*\*/);
  expect(document).toContain("[A tiny figure](reproductions/tiny.md#tiny)");
  const page = await readFile(join(root, "docs", "reproductions", "tiny.md"), "utf8");
  expect(page).toContain("![A tiny figure](../images/reproductions/tiny.png)");
  expect(page).toContain("N = 3; 3 had not got there when they ended; none diverged.");

  const one = full.runs[0]?.name;
  await rename(join(root, "runs", "tiny", "runs", String(one)), join(root, "gone"));
  const less = await reproduce(tiny, settings({ noRun: true }));
  expect(less.result.done).toBe(2);
  expect(await recordResult(root, tiny, less)).toBe(false);
  expect((await readResults(root, [tiny])).get("tiny")).toEqual(kept);
});

it("judges recorded runs with those done here, so that seeds can be added on other machines", async () => {
  const first = await reproduce(tiny, settings({ seeds: [1] }));
  expect(first.result.done).toBe(1);
  expect(await recordResult(root, tiny, first)).toBe(true);
  // The machine is gone, with all that lay on it.
  await rm(join(root, "runs"), { recursive: true });

  const recorded = await readRecorded(root, tiny);
  const heard = new Set<string>();
  const second = await reproduce(
    tiny,
    settings({ seeds: [0, 1], recorded, onChange: ({ name }) => heard.add(name) }),
  );
  expect(heard.size).toBe(1);
  expect(second.result).toMatchObject({ done: 2, of: 3 });
  expect(await recordResult(root, tiny, second)).toBe(true);
  const [zero, one] = await readRecorded(root, tiny);
  expect([zero?.seed, one?.seed]).toEqual([0, 1]);
  // What was measured on all evaluations is kept as it was, and each run says where it is from.
  const before = first.result.runs[0];
  expect(one).toMatchObject({ name: before?.name, ended: before?.ended });
  expect(one?.machine).toMatch(/cores?$/);
  const value = finalOf("train_acc")(first.runs[0] as (typeof first.runs)[number]);
  expect(one?.values).toEqual({ "Training accuracy at the end": value });
  const third = await reproduce(
    tiny,
    settings({ noRun: true, recorded: await readRecorded(root, tiny) }),
  );
  expect(third.result.quantities).toEqual(second.result.quantities);
});
