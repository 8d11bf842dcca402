import { type EvaluationRecord, resolveExperiment, type Summary } from "@grok/train";
import { expect, it } from "vitest";
import type { RunState, SweepState } from "../state/sweep-state";
import { type ChangedRun, futuresOf } from "./future";
import { futuresFigures } from "./futures-figures";
import { futuresOfRuns, type PastRun } from "./futures-of-runs";
import { futureOutcomes, futuresCsv } from "./futures-table";
import { runsMarkdown } from "./tables";

/** When each seed memorises; the last one never does. */
const tMem = [300, 400, 500, null];

/** Runs of four seeds that grok 600 steps after they memorise, and then are changed to forget. */
function sweepOver(changes: readonly (string | null)[]): [SweepState, ChangedRun[]] {
  const runs = changes.flatMap((change, i) =>
    tMem.flatMap((mem, seed): ChangedRun[] => {
      const isAtMem = change?.startsWith("t_mem") === true;
      if (isAtMem && mem === null) return [];
      const changedAt = change === null ? null : isAtMem ? mem : Number.parseInt(change, 10);
      const grok = change === null && mem !== null ? mem + 600 : null;
      const hasFailed = change === "500: lr=9" && seed === 0;
      const steps = hasFailed ? 6 : 20;
      const run: RunState = {
        name: `${i}${seed}`.padStart(16, "0"),
        settings: { change, seed },
        state: hasFailed ? "failed" : grok === null ? "finished" : "grokked",
        step: 100 * steps,
        steps: 2_000,
        t_mem: mem,
        t_grok: grok,
        val_acc: null,
        best_val_acc: null,
        elapsed_sec: 0,
      };
      const records = Array.from({ length: steps }, (_, j) => {
        const step = 100 * (j + 1);
        return { step, val_acc: step >= (grok ?? Number.POSITIVE_INFINITY) ? 1 : 0.1 };
      });
      return [{ run, records, changedAt }];
    }),
  );
  const state: SweepState = {
    format: "grok-sweep-1",
    title: "Futures",
    spec: null,
    axes: ["change", "seed"],
    updated: "",
    runs: runs.map(({ run }) => run),
  };
  return [state, runs];
}

/** The horizontal ends of a curve in a figure. */
function endsOf(svg: string, label: string): [number, number] {
  const [, path = ""] =
    new RegExp(`aria-label="${label}"[^>]*>\\s*<path[^>]* d="([^"]*)"`).exec(svg) ?? [];
  const xs = Array.from(path.matchAll(/[ML]([\d.]+),/g), ([, x]) => Number(x));
  return [Math.min(...xs), Math.max(...xs)];
}

it("draws the trunk once up to the change, and every future from there on", async () => {
  const [state, runs] = sweepOver([null, "500: weight-decay=0", "900: freeze=*"]);
  const svg = (await futuresFigures(state, futuresOf(state, runs), 0.95)).futures as string;
  const [, trunk] = endsOf(svg, "trunk");
  const [unchanged] = endsOf(svg, "no change");
  const [first] = endsOf(svg, "500: weight-decay=0");
  const [second] = endsOf(svg, "900: freeze=\\*");
  expect(unchanged).toBe(trunk);
  expect(first).toBe(trunk);
  expect(second).toBeGreaterThan(trunk);
  expect(svg).toContain("trunk (N = 4)");
  expect(svg).toContain("no change (N = 4: 3 grokked, 1 never grokked)");
});

it("draws the trunk up to the last change where none continues unchanged", async () => {
  const [state, runs] = sweepOver(["500: weight-decay=0", "900: freeze=*"]);
  const svg = (await futuresFigures(state, futuresOf(state, runs), 0.95)).futures as string;
  expect(endsOf(svg, "trunk")[1]).toBe(endsOf(svg, "900: freeze=\\*")[0]);
});

it("aligns futures at a step that each seed has for itself, as far as all were meant to go", async () => {
  const [state, runs] = sweepOver([null, "t_mem: weight-decay=0"]);
  const svg = (await futuresFigures(state, futuresOf(state, runs), 0.95)).futures as string;
  expect(svg).toContain("Steps since the change");
  const [from, to] = endsOf(svg, "t_{mem}: weight-decay=0");
  expect(endsOf(svg, "no change")).toEqual([from, to]);
  expect(endsOf(svg, "trunk")[1]).toBe(from);
  // Grokking comes 600 steps after memorising for each: aligned, the rise is at one place.
  const [, band = ""] =
    /aria-label="no change, band"[^>]*>\s*<path[^>]* d="([^"]*)"/.exec(svg) ?? [];
  expect(new Set(Array.from(band.matchAll(/,([\d.]+)/g), ([, y]) => y)).size).toBe(2);
});

it("counts failed and never-grokked runs, in the figure and in the tables", async () => {
  const [state, runs] = sweepOver([null, "500: lr=9"]);
  const futures = futuresOf(state, runs);
  const svg = (await futuresFigures(state, futures, 0.95)).futures as string;
  expect(svg).toContain("500: lr=9 (N = 4: 3 never grokked, 1 failed)");
  const outcomes = futureOutcomes(futures);
  expect(futuresCsv(outcomes).split("\r\n")).toEqual([
    "change,runs,grokked,ungrokked,failed,without_the_change,t_grok_median,t_grok_least,t_grok_greatest,val_acc_median,val_acc_least,val_acc_greatest",
    ",4,3,0,0,0,1050,900,1100,1,0.1,1",
    "500: lr=9,4,0,0,1,0,,,,0.1,0.1,0.1",
    "",
  ]);
  const text = runsMarkdown(state, outcomes);
  expect(text).toContain("| – | 4 | 3 | 0 | 0 | 0 | 1050 | 900 to 1100 | 100.0 | 10.0 to 100.0 |");
  expect(text).toContain("| 500: lr=9 | 4 | 0 | 0 | 1 | 0 | – | – | 10.0 | 10.0 to 10.0 |");
});

it("draws one figure for each set of trunks, and none where nothing changes", async () => {
  const [state, runs] = sweepOver([null, "500: weight-decay=0"]);
  const [other] = sweepOver([null]);
  expect(await futuresFigures(other, futuresOf(other, runs.slice(0, 4)), 0.95)).toEqual({});
  const both = runs.map(({ run, ...rest }, i) => ({
    ...rest,
    run: { ...run, settings: { ...run.settings, lr: i % 2 } },
  }));
  const wide = { ...state, axes: ["change", "lr", "seed"], runs: both.map(({ run }) => run) };
  const figures = await futuresFigures(wide, futuresOf(wide, both), 0.95);
  expect(Object.keys(figures)).toEqual(["futures", "futures-2"]);
  expect(figures.futures).toContain("learning rate 0");
});

it("counts a change that no seed came to, and draws no panel for it", async () => {
  const [state, runs] = sweepOver([null, "t_mem: weight-decay=0"]);
  const settings = { change: "t_grok: lr=1" };
  const missing = [0, 1].map((seed) => ({
    settings: { ...settings, seed },
    reason: "the run without it has not grokked",
  }));
  const atMem = { settings: { change: "t_mem: weight-decay=0", seed: 3 }, reason: "" };
  const futures = futuresOf({ ...state, missing: [...missing, atMem] }, runs);
  const svg = (await futuresFigures(state, futures, 0.95)).futures as string;
  expect(svg.match(/aria-label="trunk"/g)).toHaveLength(1);
  expect(svg).toContain(": lr=1 (N = 0: 2 never came to the change)");
  expect(svg).toContain("(N = 3: 3 never grokked, 1 never came to the change)");
  expect(futuresCsv(futureOutcomes(futures))).toContain("\r\nt_grok: lr=1,0,0,0,0,2,,,,,,");
});

it("draws forks of several runs, each at its own t_mem, as one future", async () => {
  const steps = [30, 40];
  const past = (seed: number, change?: string): PastRun => {
    const flags = { p: 7, steps: 100, seed, ...(change === undefined ? {} : { change }) };
    const t_mem = steps[seed] as number;
    return {
      called: `run ${seed}`,
      experiment: resolveExperiment({ preset: "mlp", flags }),
      records: [10, 20, 30, 40, 50, 60].map((step) => ({ step, val_acc: 0.1 }) as EvaluationRecord),
      summary: { status: "finished", steps: 100, t_mem, t_grok: null } as Summary,
    };
  };
  const runs = steps.flatMap((at, seed) => [past(seed), past(seed, `${at}: weight-decay=0`)]);
  const svg = await futuresOfRuns(runs);
  expect(svg).toContain(": weight-decay=0 (N = 2: 2 never grokked)");
  expect(svg).toContain("Steps since the change");
  // At steps of no meaning, they are futures of their own.
  const other = await futuresOfRuns([past(0, "20: lr=1"), past(1, "30: lr=1")]);
  expect(other).toContain("20: lr=1 (N = 1");
  await expect(futuresOfRuns([past(0), past(1)])).rejects.toThrow("have no futures");
});
