import { expect, it } from "vitest";
import { expandSweep } from "../spec/expand-sweep";
import type { SweepRun } from "./sweep-run";
import { Trunks } from "./trunks";
import { rootOf, trunksOf } from "./trunks-of";

const flags = { p: 7, steps: 100 };

it("finds the runs that a run is the same as, those the longest first", () => {
  const change = ["none", "20: lr=0.1", "50: lr=0.1", "50: lr=0.1; 70: lr=1", "50: lr=0.2"];
  const runs = expandSweep({ preset: "mlp", flags, grid: { change }, seeds: "0..1" });
  const first = runs.filter(({ experiment }) => experiment.seed === 0);
  const named = (i: number) => trunksOf(first[i] as (typeof first)[0], runs);
  const [none, early, late, twice, other] = first.map(({ name }) => name);
  expect(named(3)).toEqual([late, none, other, early]);
  expect(named(1)).toEqual([none, late, twice, other]);
  expect(named(0)).toEqual([late, twice, other, early]);
});

it("finds none among runs that differ in more, or in nothing that changes", () => {
  const runs = expandSweep({
    preset: "mlp",
    flags,
    list: [{ change: "20: lr=0.1" }, { lr: 0.5 }, { steps: 200 }],
  });
  expect(trunksOf(runs[0] as (typeof runs)[0], runs)).toEqual([runs[2]?.name]);
  expect(trunksOf(runs[1] as (typeof runs)[0], runs)).toEqual([]);
  expect(rootOf(runs[0] as (typeof runs)[0])).toBe(rootOf(runs[2] as (typeof runs)[0]));
});

it("begins with runs of different pasts, and knows trunks of earlier rounds", () => {
  const all = expandSweep({
    preset: "mlp",
    flags,
    grid: { change: ["none", "20: lr=0.1"] },
    list: [{ seed: 0 }, { seed: 1 }],
  });
  const [none0, none1, changed0, changed1] = all as [SweepRun, SweepRun, SweepRun, SweepRun];
  const trunks = new Trunks();
  trunks.add([none0, none1]);
  expect(trunks.of(none0)).toEqual([]);
  trunks.add([changed0, changed1]);
  expect(trunks.of(changed1)).toEqual([none1.name]);
  const waiting = [none0, changed0, changed1];
  expect(trunks.takeNext(waiting, new Set())).toBe(none0);
  expect(trunks.takeNext(waiting, new Set([none0]))).toBe(changed1);
  expect(trunks.takeNext(waiting, new Set([none0]))).toBe(changed0);
  expect(trunks.takeNext(waiting, new Set())).toBeUndefined();
});
