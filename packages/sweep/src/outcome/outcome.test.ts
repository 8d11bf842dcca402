import { expect, it } from "vitest";
import { expandSweep, sweepAxes } from "../spec/expand-sweep";
import type { SweepSpec } from "../spec/spec";
import type { RunState, SweepState } from "../state/sweep-state";
import { waitingRun } from "../state/sweep-state";
import { seedCurves, sweepFigures, telling } from "./figures";
import { survivalOf, sweepPoints } from "./points";
import { runsCsv, sweepTable } from "./runs-table";
import { runsMarkdown } from "./tables";

const spec: SweepSpec = {
  title: "A | sweep",
  preset: "mlp",
  flags: { p: 11, steps: 8_000 },
  grid: { "weight-decay": [0.5, 1, 2, 4], "train-fraction": [0.4, 0.6, 0.8] },
  seeds: "0..2",
};

/** A finished sweep in which time to grok is 1,000 / (decay · (fraction − 0.3)). */
function finished(
  change: (run: RunState, i: number) => Partial<RunState> = () => ({}),
): SweepState {
  const axes = sweepAxes(spec);
  const runs = expandSweep(spec).map((run, i) => {
    const state = waitingRun(run, axes);
    const {
      "weight-decay": decay,
      "train-fraction": fraction,
      seed,
    } = state.settings as Record<string, number>;
    const time = Math.round((1_000 + 10 * (seed ?? 0)) / ((decay ?? 1) * ((fraction ?? 1) - 0.3)));
    const grokked = time <= 8_000;
    const whole: RunState = {
      ...state,
      state: grokked ? "grokked" : "finished",
      step: 8_000,
      t_mem: 200,
      t_grok: grokked ? time : null,
      best_val_acc: grokked ? 1 : 0.04,
    };
    return { ...whole, ...change(whole, i) };
  });
  return { format: "grok-sweep-1", title: spec.title ?? null, spec, axes, updated: "", runs };
}

it("groups runs by all but their seed, with those that never grokked as censored", () => {
  const points = sweepPoints(finished());
  expect(points).toHaveLength(12);
  const [slow] = points;
  expect(slow).toMatchObject({
    settings: { "weight-decay": 0.5, "train-fraction": 0.4 },
    grokked: 0,
    median: null,
  });
  const fast = points.at(-1);
  expect(fast).toMatchObject({
    settings: { "weight-decay": 4, "train-fraction": 0.8 },
    grokked: 3,
    median: 505,
  });
});

it("counts what failed as never, leaves out what has not begun, and takes what stopped early as censored", () => {
  const state = finished((_, i) =>
    i === 33
      ? { state: "failed", t_grok: null, step: 9, error: "it broke" }
      : i === 34
        ? { state: "stopped", t_grok: null, step: 100, stopped: { step: 100, by: "median" } }
        : i === 30
          ? { state: "waiting", step: 0, t_grok: null }
          : {},
  );
  const points = sweepPoints(state);
  expect(points.at(-1)).toMatchObject({ grokked: 1, failed: 1 });
  expect(points.at(-1)?.runs.map((run) => survivalOf(run).time)).toEqual([8_000, 100, 510]);
  expect(points.at(-2)).toMatchObject({ failed: 0 });
  expect(points.at(-2)?.runs).toHaveLength(2);
});

it("has a point at which every run failed in every table, figure, median and N", async () => {
  const failed = (run: RunState) => run.settings["train-fraction"] === 0.8;
  const state = finished((run) =>
    failed(run)
      ? { state: "failed", t_grok: null, t_mem: null, step: 0, error: "The loss is NaN." }
      : run.settings["weight-decay"] === 4 && run.settings.seed === 2
        ? { state: "failed", t_grok: null, step: 7, error: "The loss is NaN." }
        : {},
  );
  const text = runsMarkdown(state);
  expect(text).toContain("| weight-decay | train-fraction | grokked | failed | median t_grok |");
  expect(text).toContain("| 4 | 0.8 | 0 of 3 | 3 | – | – |");
  expect(text).toContain("| 4 | 0.6 | 2 of 3 | 1 | 842 |");
  expect(text).toContain("A run that failed counts as one that never grokked.");
  const figures = await sweepFigures(state);
  const diagram = figures["phase-diagram"] as string;
  expect(diagram).toContain("36 runs, of which 16 grokked, 14 failed");
  expect(diagram.match(/>0\/3</g)).toHaveLength(6);
  expect(diagram.match(/>3 failed</g)).toHaveLength(4);
  const times = figures["t-grok-by-weight-decay"] as string;
  expect(times).toContain("train fraction 0.8 (12 runs, 12 failed)");
  expect(times.match(/aria-label="failed"/g)).toHaveLength(14);
  expect(times).toContain("crosses failed, and count as never");
});

it("tells grokking from learning at once in its tables and figures", async () => {
  // Only the fastest point, which takes 500 to 510 steps, generalises before twice this.
  const state = finished(() => ({ t_mem: 300 }));
  expect(sweepPoints(state).map(({ atOnce }) => atOnce)).toEqual([...Array(11).fill(0), 3]);
  const text = runsMarkdown(state);
  expect(text).toContain("| weight-decay | train-fraction | grokked | at once | median t_grok |");
  expect(text).toContain("| 4 | 0.8 | 3 of 3 | 3 | 505 |");
  expect(text).toContain("the runs with t_grok < 2 · t_mem");
  const transitions = runsCsv(state)
    .trimEnd()
    .split("\r\n")
    .slice(1)
    .map((line) => line.slice(line.lastIndexOf(",") + 1));
  expect(transitions.filter((each) => each === "at once")).toHaveLength(3);
  expect(transitions.filter((each) => each === "grokked")).toHaveLength(27);
  expect(transitions.filter((each) => each === "never")).toHaveLength(6);
  const diagram = (await sweepFigures(state))["phase-diagram"] as string;
  expect(diagram).toContain("36 runs, of which 30 grokked (3 at once)");
  expect(diagram.match(/>3 at once</g)).toHaveLength(1);
});

it("writes every run as CSV, with quotes where they are needed", () => {
  const state = finished((_, i) =>
    i === 0 ? { state: "failed", error: 'a "loss", not finite' } : {},
  );
  const [head, first, ...rest] = runsCsv(state).trimEnd().split("\r\n");
  expect(head).toBe(
    "run,weight-decay,train-fraction,seed,state,step,steps,t_mem,t_grok,best_val_acc,elapsed_sec,stopped_at,stopped_by,error,transition",
  );
  expect(first).toBe(
    `${state.runs[0]?.name},0.5,0.4,0,failed,8000,8000,200,,0.04,0,,,"a ""loss"", not finite",never`,
  );
  expect(rest).toHaveLength(35);
});

it("has accuracies, losses and metrics of each run's end behind the other columns", () => {
  const state = finished();
  const record = { step: 8000, epoch: 8, train_loss: 0.1, train_acc: 1, elapsed_sec: 3 };
  const finals = new Map([
    [state.runs[0]?.name ?? "", { ...record, val_loss: 2, val_acc: Number.NaN }],
    [state.runs[1]?.name ?? "", { ...record, val_loss: 0.2, val_acc: 0.9, weight_norm: 7 }],
  ]);
  const { columns, rows } = sweepTable(state, finals);
  expect(columns.slice(-6).map(({ name }) => name)).toEqual([
    "transition",
    "final_train_loss",
    "final_train_acc",
    "final_val_loss",
    "final_val_acc",
    "final_weight_norm",
  ]);
  expect(rows[0]?.slice(-5)).toEqual([0.1, 1, 2, null, null]);
  expect(rows[1]?.slice(-5)).toEqual([0.1, 1, 0.2, 0.9, 7]);
  expect(rows[2]?.slice(-5)).toEqual([null, null, null, null, null]);
  expect(columns.slice(1, 4)).toEqual([
    { name: "weight-decay", type: "number" },
    { name: "train-fraction", type: "number" },
    { name: "seed", type: "integer" },
  ]);
});

it("writes points and runs as Markdown", () => {
  const text = runsMarkdown(finished());
  expect(text).toContain("# A | sweep");
  expect(text).toContain("| weight-decay | train-fraction | grokked | median t_grok | interval |");
  expect(text).toContain("| 4 | 0.8 | 3 of 3 | 505 | 500 to ? |");
  expect(text).toContain("| 0.5 | 0.4 | 0 of 3 | – | – |");
  expect(text).not.toContain("stopped_by");
});

it("draws the phase diagram and the time along each axis of numbers", async () => {
  const figures = await sweepFigures(finished());
  expect(Object.keys(figures)).toEqual([
    "phase-diagram",
    "t-grok-by-weight-decay",
    "t-grok-by-train-fraction",
  ]);
  for (const svg of Object.values(figures)) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(figures["phase-diagram"]).toContain("36 runs, of which 30 grokked");
  // Exactly 1/decay, except the seeds.
  expect(figures["t-grok-by-weight-decay"]).toContain("−1.00 ± 0.01");
});

it("draws what a smaller sweep has, and nothing of one that has not begun", async () => {
  const state = finished();
  const one = { ...state, axes: ["weight-decay", "seed"] };
  expect(Object.keys(await sweepFigures(one))).toEqual(["t-grok-by-weight-decay"]);
  expect(await sweepFigures({ ...state, axes: ["seed"] })).toEqual({});
  const none = finished(() => ({ state: "waiting", step: 0, t_grok: null }));
  expect(await sweepFigures(none)).toEqual({});
  expect(telling(none)).toEqual([]);
});

it("shows the seeds of the fastest, the slowest and a middle point", async () => {
  const state = finished();
  const points = telling(state);
  expect(points.map(({ median }) => median)).toEqual([505, 2_020, 6_733]);
  const records = points.map((point) => ({
    point,
    records: point.runs.map(({ t_grok }) =>
      Array.from({ length: 80 }, (_, i) => ({
        step: 100 * (i + 1),
        val_acc: 100 * i >= (t_grok ?? 1e9) ? 1 : 0.1,
      })),
    ),
  }));
  const [first] = records as [(typeof records)[0]];
  const svg = await seedCurves(state, records, 0.95);
  const half = {
    ...first.point,
    failed: 1,
    runs: first.point.runs.map((run, i) =>
      i === 2 ? { ...run, t_grok: null, state: "failed" as const } : run,
    ),
  };
  const failing = await seedCurves(
    state,
    [{ point: half, records: [...first.records.slice(0, 2), []] }],
    0.95,
  );
  expect(failing).toContain("train fraction 0.8 (N = 3, 1 failed)");
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg).toContain("weight decay 4, train fraction 0.8 (N = 3)");
});
