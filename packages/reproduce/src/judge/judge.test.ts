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
  draw: async () => "",
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

it("says what is not yet run, and gives no verdict that N cannot bear", () => {
  expect(verdictOf()).toMatchObject({ verdict: "not yet run", extent: "none", done: 0, of: 10 });
  const some = verdictOf(runs("slow", [400, 500]));
  expect(some).toMatchObject({ verdict: "partly run", extent: "partly", done: 2, judged: 0 });
  expect(some.quantities[0]).toMatchObject({ verdict: "partly run", ours: 450, runs: 2, needs: 5 });
  expect(some.quantities[0]?.reason).toBe(
    "450 lies within 333.3 to 750. That is of 2 runs; a verdict needs 5.",
  );
  // A band for the median of 5 says nothing of 3 runs, and of one run far outside nothing either.
  for (const times of [[400, 500, 600], [100]]) {
    expect(verdictOf(runs("slow", times)).verdict).toBe("partly run");
  }
});

it("judges each quantity as soon as its own runs are there", () => {
  const slow = verdictOf(runs("slow", [400, 500, 600, 700, 800]));
  expect(slow).toMatchObject({ verdict: "reproduced", extent: "partly", judged: 1, judgeable: 2 });
  expect(slow.quantities[1]).toMatchObject({ verdict: "partly run" });
});

it("judges the full set", () => {
  const slow = runs("slow", [400, 500, 600, 700, 800]);
  const [first, last] = [400, 800].map((value) => ({ value, happened: true }));
  expect(verdictOf(slow, runs("fast", [100, 100, 200, 200, 300]))).toMatchObject({
    verdict: "reproduced",
    extent: "full",
    judged: 2,
    quantities: [
      { verdict: "reproduced", ours: 600, range: [first, last], never: 0 },
      { verdict: "reproduced", ours: 1, least: 1 / 252, chance: { isExact: true } },
    ],
  });
  const swapped = verdictOf(slow, runs("fast", [900, 900, 1_000, 1_000, null]));
  expect(swapped).toMatchObject({
    verdict: "not reproduced",
    quantities: [{ verdict: "reproduced" }, { verdict: "not reproduced", ours: 0 }],
  });
});

it("notes a published value beyond all of ours, with where one more of ours would lie", () => {
  const [time] = figure.quantities as [Extract<Figure["quantities"][number], { kind: "run" }>];
  const single = {
    ...figure,
    quantities: [{ ...time, published: { ...time.published, value: 500 } }],
  };
  const [beyond] = judge(single, runs("slow", [600, 700, 700, 800, 900])).quantities;
  // scipy: exp(mean ± 2.7764 · s · √1.2) of the logarithms.
  expect(beyond).toMatchObject({ verdict: "reproduced", isOutside: true });
  expect(beyond?.prediction?.[0]).toBeCloseTo(459.76, 1);
  expect(beyond?.prediction?.[1]).toBeCloseTo(1168.8, 1);
  const [within] = judge(single, runs("slow", [400, 500, 700, 800, 900])).quantities;
  expect(within).toMatchObject({ isOutside: false, prediction: null });
});

it("judges a direction by the sign test", () => {
  const [time] = figure.quantities as [Figure["quantities"][number]];
  const rising = (values: readonly number[]): ReturnType<typeof judge> => {
    const own = runs("slow", [400, 400, 400, 400, 400].slice(0, values.length));
    const of = ({ seed }: FigureRun) => ({ value: values[seed] as number, happened: true });
    const published = { text: "rises", band: null, because: "" };
    const quantity = {
      kind: "direction",
      name: "change",
      arms: time.arms,
      unit: "",
      of,
      published,
    };
    return judge({ ...figure, quantities: [quantity as Figure["quantities"][number]] }, own);
  };
  expect(rising([1, 2, 3, 4, 5]).quantities[0]).toMatchObject({
    verdict: "reproduced",
    chance: { p: 1 / 32, isExact: true },
    least: 1 / 32,
  });
  expect(rising([1, 2, 3, 4, -5]).verdict).toBe("not reproduced");
  // One run that rises does so in one of two by chance.
  expect(rising([1]).quantities[0]).toMatchObject({ verdict: "partly run", chance: { p: 0.5 } });
});

it("counts runs that never grokked", () => {
  const [time] = verdictOf(runs("slow", [300, 400, 500, null, null])).quantities;
  // Kaplan–Meier: three fifths are left after 400, two fifths after 500.
  expect(time).toMatchObject({
    verdict: "reproduced",
    ours: 500,
    runs: 5,
    never: 2,
    range: [
      { value: 300, happened: true },
      { value: 1_000, happened: false },
    ],
  });
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

it("calls an order undecidable that its full set could not show", () => {
  const three: Figure = {
    ...figure,
    arms: figure.arms.map((arm) => ({ ...arm, seeds: [0, 1, 2] })),
  };
  // All nine pairs stand as claimed, which has a chance of 1 in 20: the only possible success.
  const own = [...runs("slow", [400, 500, 600]), ...runs("fast", [100, 200, 300])];
  const { quantities } = judge(three, own);
  expect(quantities[1]).toMatchObject({ verdict: "undecidable by this design", ours: 1 });
  expect(quantities[1]?.least).toBeCloseTo(1 / 20, 12);
  expect(quantities[1]?.reason).toMatch(/can give p = \.050 at best, which is not below \.05\.$/);
});

it("waits with an order for the full set, or for what --quick names and can bear it", () => {
  const own = [...runs("slow", [400, 500, 600, 700]), ...runs("fast", [100, 100, 200, 200])];
  expect(judge(figure, own).quantities[1]).toMatchObject({ verdict: "partly run" });
  const quick = (seeds: number[]): Figure => ({
    ...figure,
    arms: figure.arms.map((arm) => ({ ...arm, quick: { seeds } })),
  });
  expect(judge(quick([0, 1, 2, 3]), own).quantities[1]).toMatchObject({
    verdict: "reproduced",
    extent: "quick",
  });
  const few = [...runs("slow", [400]), ...runs("fast", [100])];
  expect(judge(quick([0]), few).quantities[1]).toMatchObject({ verdict: "partly run" });
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
