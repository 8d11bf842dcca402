import { expect, it } from "vitest";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun } from "../result/figure-run";
import { timesAround } from "./band";
import { judge } from "./judge";
import { stepOf } from "./measures";

const figure: Figure = {
  id: "tiny",
  title: "Tiny",
  source: { text: "nobody", url: "https://example.org" },
  about: "",
  seedsBecause: "",
  arms: [
    {
      name: "slow",
      label: "slow",
      spec: { preset: "mlp", flags: { p: 7, steps: 1_000 } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 1,
    },
    {
      name: "fast",
      label: "fast",
      spec: { preset: "mlp", flags: { p: 7, steps: 1_000, lr: 0.01 } },
      seeds: [0, 1, 2, 3, 4],
      quick: null,
      seconds: 1,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "time",
      arms: ["slow"],
      unit: "steps",
      of: stepOf(0.95),
      published: { text: "500", band: timesAround(500, 1.5), because: "" },
    },
    {
      kind: "order",
      name: "order",
      arms: ["slow", "fast"],
      of: stepOf(0.95),
      group: ({ arm }) => ({ place: arm === "fast" ? 0 : 1, label: arm }),
      published: { text: "fast is faster", band: null, because: "" },
    },
  ],
  columns: [],
  draw: () => "",
  notes: [],
};

/** Runs of an arm that grok at these steps; null never does in 1,000. */
function runs(arm: "slow" | "fast", times: readonly (number | null)[]): FigureRun[] {
  const asked = figureRuns(figure).filter((run) => run.arm === arm);
  return times.map((time, i) => {
    const { name, settings, command } = asked[i] as (typeof asked)[number];
    const records = [100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000].map((step) => ({
      step,
      val_acc: time !== null && step >= time ? 1 : 0,
    }));
    return {
      arm,
      name,
      settings,
      command,
      seed: i,
      status: time === null ? "finished" : "grokked",
      steps: 1_000,
      epochs: 10,
      parameters: 1,
      t_mem: 100,
      t_grok: time,
      best_val_acc: 1,
      elapsed_sec: 1,
      backend: "cpu",
      threads: 1,
      ended: null,
      machine: null,
      versions: {},
      records,
    };
  });
}

const verdictOf = (...own: FigureRun[][]) => judge(figure, own.flat());

it("says what is not yet run, and what is partly", () => {
  expect(verdictOf()).toMatchObject({ verdict: "not yet run", extent: "none", done: 0, of: 10 });
  const some = verdictOf(runs("slow", [400, 500]));
  expect(some).toMatchObject({ verdict: "partly run", extent: "partly", done: 2 });
  expect(some.quantities[0]).toMatchObject({ verdict: "partly run", ours: 450, runs: 2 });
  expect(some.quantities[0]?.reason).toMatch(/too few/i);
});

it("judges what --quick asks for, on all runs that there are, and says so", () => {
  const quick = verdictOf(runs("slow", [400, 500, 600]));
  expect(quick).toMatchObject({ verdict: "reproduced", extent: "quick", done: 3, of: 10 });
  // What waits for the full set does not stand in its way, and is not judged.
  expect(quick.quantities[1]).toMatchObject({ verdict: "partly run" });
  expect(verdictOf(runs("slow", [400, 500, 900, 1_000])).quantities[0]).toMatchObject({
    extent: "quick",
    ours: 700,
    runs: 4,
  });
});

it("judges the full set", () => {
  const slow = runs("slow", [400, 500, 600, 700, 800]);
  expect(verdictOf(slow, runs("fast", [100, 100, 200, 200, 300]))).toMatchObject({
    verdict: "reproduced",
    extent: "full",
    quantities: [
      { verdict: "reproduced", ours: 600, range: [400, 800], never: 0 },
      { verdict: "reproduced", ours: 1 },
    ],
  });
  const swapped = verdictOf(slow, runs("fast", [900, 900, 1_000, 1_000, null]));
  expect(swapped).toMatchObject({
    verdict: "not reproduced",
    quantities: [{ verdict: "reproduced" }, { verdict: "not reproduced", ours: 0 }],
  });
});

it("counts runs that never grokked", () => {
  const [time] = verdictOf(runs("slow", [300, 400, 500, null, null])).quantities;
  // Kaplan–Meier: three fifths are left after 400, two fifths after 500.
  expect(time).toMatchObject({ verdict: "reproduced", ours: 500, runs: 5, never: 2 });
  const [never] = verdictOf(runs("slow", [300, 400, null, null, null])).quantities;
  expect(never).toMatchObject({ verdict: "not reproduced", ours: null, never: 3 });
  expect(never?.reason).toBe("More than half had not got there after 1,000, beyond the band.");
});

it("does not guess where runs ended before the band did", () => {
  const later: Figure = {
    ...figure,
    quantities: [
      {
        ...(figure.quantities[0] as Extract<Figure["quantities"][number], { kind: "run" }>),
        published: { text: "5,000", band: [4_000, 6_000], because: "" },
      },
    ],
  };
  const verdict = judge(later, runs("slow", [null, null, null, null, null]));
  expect(verdict).toMatchObject({ verdict: "partly run" });
  expect(verdict.quantities[0]?.reason).toMatch(/too short to tell/);
});

it("judges by the other arms where --quick runs none of one", () => {
  const [slow, fast] = figure.arms as [Figure["arms"][0], Figure["arms"][0]];
  const [time] = figure.quantities as [Figure["quantities"][0]];
  const both = { ...time, arms: ["slow", "fast"] };
  const own = runs("slow", [400, 500, 600]);
  const without = { ...figure, arms: [slow, { ...fast, quick: { seeds: [] } }] };
  expect(judge({ ...without, quantities: [both] }, own)).toMatchObject({
    verdict: "reproduced",
    extent: "quick",
  });
  expect(judge({ ...figure, quantities: [both] }, own).verdict).toBe("partly run");
});

it("judges the rest by --quick where its runs are too few to show an order", () => {
  const quick: Figure = {
    ...figure,
    arms: figure.arms.map((arm) => ({ ...arm, quick: { seeds: [0] } })),
  };
  const own = [...runs("slow", [500]), ...runs("fast", [100])];
  expect(judge(quick, own)).toMatchObject({
    verdict: "reproduced",
    extent: "quick",
    quantities: [{ verdict: "reproduced" }, { verdict: "partly run", ours: 1 }],
  });
  // The full set has to show it.
  const full = { ...quick, arms: quick.arms.map((arm) => ({ ...arm, seeds: [0] })) };
  expect(judge(full, own)).toMatchObject({ verdict: "partly run" });
});

it("says that too few runs cannot show an order", () => {
  const few: Figure = { ...figure, arms: figure.arms.map((arm) => ({ ...arm, seeds: [0, 1] })) };
  const names = new Set(figureRuns(few).map(({ name }) => name));
  const own = [...runs("slow", [400, 500]), ...runs("fast", [100, 200])];
  expect(own.every(({ name }) => names.has(name))).toBe(true);
  const { quantities } = judge(few, own);
  expect(quantities[1]).toMatchObject({ verdict: "partly run", ours: 1 });
  expect(quantities[1]?.reason).toMatch(/so few runs cannot give p ≤ .05/);
});

it("does not blame ours for a figure that contradicts itself", () => {
  const [time] = figure.quantities as [Figure["quantities"][number]];
  const wrong: Figure = {
    ...figure,
    quantities: [{ ...time, inconsistent: "It says 500 here and 5,000 there." }],
  };
  const far = judge(wrong, runs("slow", [100, 100, 100, 100, 100]));
  expect(far.verdict).toBe("published figure inconsistent");
  expect(far.quantities[0]?.reason).toMatch(/5,000 there\.$/);
  expect(judge(wrong, runs("slow", [500, 500, 500, 500, 500])).verdict).toBe("reproduced");
});

it("gives ours where nothing is published", () => {
  const [time] = figure.quantities as [Figure["quantities"][number]];
  const open: Figure = {
    ...figure,
    quantities: [{ ...time, published: { text: "–", band: null, because: "" } }],
  };
  expect(judge(open, runs("slow", [100, 100, 300, 300, 300]))).toMatchObject({
    verdict: "nothing published",
    quantities: [{ ours: 300 }],
  });
});
