import { expect, it } from "vitest";
import { implementations } from "./implementation.ts";
import { type Options, parseOptions } from "./options.ts";

const parse = (...args: string[]) => parseOptions(args) as Options;

it("measures everything by default", () => {
  const options = parse();
  expect(options.workloads).toEqual(["W0", "W1", "W2", "W3", "W4"]);
  expect(options.implementations).toEqual(implementations);
  expect(options).toMatchObject({ measure: { rounds: 9 }, json: undefined, profile: false });
});

it("takes what is asked for", () => {
  const options = parse("--workloads", "w2,W0", "--rounds", "2", "--json", "x.json", "--profile");
  expect(options.workloads).toEqual(["W0", "W2"]);
  expect(options).toMatchObject({ measure: { rounds: 2 }, json: "x.json", profile: true });
});

it("leaves libraries out", () => {
  const libraries = new Set(
    parse("--no-torch", "--no-jax").implementations.map((each) => each.library),
  );
  expect([...libraries]).toEqual(["ours", "stock"]);
});

it("has every library in a quick run, which is shorter", () => {
  const quick = parse("--quick");
  const all = parse();
  expect(new Set(quick.implementations.map(({ library }) => library)).size).toBe(4);
  expect(quick.implementations.length).toBeLessThan(all.implementations.length);
  expect(quick.measure.rounds).toBeLessThan(all.measure.rounds);
  expect(parse("--quick", "--rounds", "5").measure.rounds).toBe(5);
});

it("names every implementation once, ours as it runs by itself first", () => {
  expect(new Set(implementations.map(({ key }) => key)).size).toBe(implementations.length);
  expect(new Set(implementations.map(({ title }) => title)).size).toBe(implementations.length);
  expect(implementations[0]).toMatchObject({ library: "ours", shortcuts: true, threads: 2 });
});

it.each([
  [["--workloads", "W9"], 'There is no workload "W9": allowed are W0, W1, W2, W3, W4.'],
  [["--rounds", "0"], '--rounds must be a whole number from 1, not "0".'],
  [["--rounds", "many"], '--rounds must be a whole number from 1, not "many".'],
  [["--nope"], "Unknown option '--nope'"],
])("refuses %j", (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
