import type { EvaluationRecord } from "@grok/train";
import { describe, expect, test } from "vitest";
import { speedrunDocument } from "./document";
import { speedrunPlan, speedrunRuns } from "./entry";
import { parseSpeedrun, type SpeedrunRecord, speedrunJson, speedrunRun } from "./record";
import { replayOf } from "./replay";
import { board, standingOf } from "./standing";
import { speedrunSeeds, trackOf, tracks } from "./track";

const addition = trackOf("addition-97");

/** A record whose seeds came to 95% at some steps; null for never. */
function record(name: string, steps: (number | null)[], flops = 1e9): SpeedrunRecord {
  return {
    format: "grok-speedrun-1",
    track: "addition-97",
    name,
    by: null,
    note: null,
    date: "2026-12-01",
    command: `grok speedrun addition-97 --name ${name}`,
    preset: "mlp",
    flags: {},
    parameters: 1000,
    flops_per_step: flops,
    machine: "a machine",
    backend: "wasm",
    arithmetic: "fused",
    threads: 1,
    versions: {},
    runs: steps.map((at, seed) => ({
      seed,
      name: "0123456789abcdef",
      steps: at,
      seconds: seed + 1,
      val_acc: at === null ? 0.5 : 0.96,
      digest: "0".repeat(64),
    })),
  };
}

const all = (at: (seed: number) => number | null) => speedrunSeeds.map(at);

/** The record of an evaluation. */
function at(step: number, val_acc: number): EvaluationRecord {
  return {
    step,
    epoch: step,
    train_loss: 1,
    train_acc: 0.5,
    val_loss: 1,
    val_acc,
    elapsed_sec: step / 10,
    weight_norm: 3,
  };
}

describe("an entry", () => {
  test("is the track's task with the entry's network, over 20 seeds", () => {
    for (const track of tracks) {
      const runs = speedrunRuns(speedrunPlan(track, { preset: "mlx", flags: { lr: 2e-3 } }));
      expect([...runs.keys()]).toEqual(speedrunSeeds);
      const experiment = runs.get(7)?.experiment;
      expect(experiment?.task).toMatchObject({ op: track.flags["op"], trainFraction: 0.5 });
      expect(experiment?.training).toMatchObject({
        stopOnGrok: true,
        grokThreshold: 0.95,
        evalAtStart: true,
        labelNoise: 0,
      });
      expect(experiment?.optimizer).toMatchObject({ lr: 2e-3 });
    }
  });

  test("does not choose what a track decides, and changes nothing on the way", () => {
    const plan = (flags: Record<string, string | number>) => () =>
      speedrunPlan(addition, { preset: "mlp", flags });
    expect(plan({ "train-fraction": 0.9 })).toThrow(
      "Track addition-97 decides --train-fraction; an entry chooses the network, the loss, the optimizer and the batches.",
    );
    expect(plan({ seed: 3 })).toThrow("Track addition-97 decides --seed;");
    expect(plan({ "grok-threshold": 0.5 })).toThrow("Track addition-97 decides --grok-threshold;");
    expect(plan({ change: "10: train-fraction=0.9" })).toThrow(
      "A speedrun has no changes in the middle of a run; a schedule of the learning rate is allowed.",
    );
    expect(() => trackOf("addition-79")).toThrow(
      'There is no track "addition-79"; did you mean addition-97?',
    );
  });
});

describe("a run", () => {
  test("has come to 95% at the first evaluation there, and its digest ends there", () => {
    const records = [at(0, 0.01), at(10, 0.5), at(20, 0.96), at(30, 0.2)];
    const run = speedrunRun(4, "0123456789abcdef", records, 1 / 97);
    expect(run).toMatchObject({ seed: 4, steps: 20, seconds: 2, val_acc: 0.96 });
    expect(speedrunRun(4, run.name, records.slice(0, 3), 1 / 97)).toEqual(run);
    const other = speedrunRun(4, run.name, [at(0, 0.011), ...records.slice(1)], 1 / 97);
    expect(other.digest).not.toBe(run.digest);
    // Times are no part of it.
    const later = records.map((each) => ({ ...each, elapsed_sec: 99 }));
    expect(speedrunRun(4, run.name, later, 1 / 97).digest).toBe(run.digest);
  });

  test("that never gets there says so, and one that knew the task before is refused", () => {
    const { steps, seconds } = speedrunRun(0, "a", [at(0, 0.01), at(10, 0.94)], 1 / 97);
    expect([steps, seconds]).toEqual([null, 1]);
    expect(() => speedrunRun(0, "a", [at(0, 1)], 1 / 97)).toThrow(
      "With seed 0 the network answers 100.0% before its first step: a speedrun begins with a network that does not know the task.",
    );
    expect(() => speedrunRun(0, "a", [], 1 / 97)).toThrow("The run of seed 0 has no evaluation.");
  });
});

describe("the board", () => {
  const slow = record(
    "slow",
    all((seed) => 100 + seed),
  );
  const heavy = record(
    "heavy",
    all(() => 50),
    9e9,
  );
  const few = record("few", [1, 2, 3]);
  const unsteady = record(
    "unsteady",
    all((seed) => (seed === 3 ? null : 10)),
  );

  test("ranks records of 20 seeds that all came to 95% by their medians, the others behind", () => {
    const records = [few, heavy, unsteady, slow];
    const names = (by: "flops" | "steps" | "seconds") =>
      board(records, "addition-97", by).map((each) => each.record.name);
    expect(names("flops")).toEqual(["slow", "heavy", "few", "unsteady"]);
    expect(names("steps")).toEqual(["heavy", "slow", "few", "unsteady"]);
    expect(board(records, "s5")).toEqual([]);
    expect(standingOf(slow)).toMatchObject({
      grokked: 20,
      isRanked: true,
      spread: {
        steps: { median: 109.5, min: 100, max: 119 },
        flops: { median: 109.5e9 },
        seconds: { median: 10.5, min: 1, max: 20 },
      },
    });
    // A median that leaves out the seeds that failed would look better than it is.
    expect(standingOf(unsteady)).toMatchObject({ grokked: 19, isRanked: false, spread: null });
    expect(standingOf(few)).toMatchObject({ grokked: 3, isRanked: false });
  });

  test("is a document with the best of each column in bold", () => {
    const text = speedrunDocument([slow, heavy, unsteady], "# Speedruns\n\n<!-- mark -->\n");
    expect(text).toMatch(/^# Speedruns\n\n<!-- mark -->\n\n## `addition-97`: a \+ b mod 97/);
    expect(text).toContain(
      "| 1 | `slow` |  | 20 of 20 | 1,000 | 109.5 (100–119) | **110 (100–119)** | **10.5 (1–20)** |",
    );
    expect(text).toContain(
      "| 2 | `heavy` |  | 20 of 20 | 1,000 | **50 (50–50)** | 450 (450–450) | **10.5 (1–20)** |",
    );
    expect(text).toContain("| – | `unsteady` |  | 19 of 20 | 1,000 | – | – | – |");
    expect(text).toContain("## `s5`: composition in S5, half of the table\n\nNo record yet.");
  });
});

describe("a record's file", () => {
  test("is read as it was written", () => {
    const written = record("mine", [10, null]);
    expect(parseSpeedrun(speedrunJson(written), "mine.json")).toEqual(written);
  });

  test.each([
    ["{", "f.json is no JSON."],
    ["{}", "f.json is no speedrun's record: format:"],
    [JSON.stringify({ ...record("a", [1]), track: "x" }), "no speedrun's record: track:"],
    [JSON.stringify({ ...record("a", [1]), name: "../a" }), "no speedrun's record: name:"],
    [JSON.stringify({ ...record("a", [-1]) }), "no speedrun's record: runs.0.steps:"],
    [" ".repeat(1_000_001), "f.json is too long for a speedrun's record."],
  ])("is refused if it is none: %.20s", (text, sentence) => {
    expect(() => parseSpeedrun(text, "f.json")).toThrow(sentence);
  });
});

test("a replay is the same to the bit, as fast with other digits, or not reproduced", () => {
  const { runs, ...rest } = record("a", [10, 20]);
  const [first] = runs;
  if (first === undefined) throw new Error("a record has runs");
  const of = (run: Partial<typeof first>) =>
    replayOf({ ...rest, runs }, { ...first, ...run })?.verdict;
  expect(of({})).toBe("same");
  expect(of({ digest: "1".repeat(64), steps: 20 })).toBe("other digits");
  expect(of({ digest: "1".repeat(64), steps: 21 })).toBe("not reproduced");
  expect(of({ digest: "1".repeat(64), steps: null })).toBe("not reproduced");
  // The settings resolve to another run than they did.
  expect(of({ digest: "1".repeat(64), name: "fedcba9876543210" })).toBe("not reproduced");
  expect(of({ seed: 5 })).toBeUndefined();
});
