import { expect, it } from "vitest";
import { parseWebgpuOptions, type WebgpuOptions } from "./options.ts";

const parse = (...args: string[]) =>
  parseWebgpuOptions(["--backend", "webgpu", ...args]) as WebgpuOptions;

it("has the networks of the targets by default, and leaves the rest to the adapter", () => {
  expect(parse()).toEqual({
    workloads: ["W0", "W1", "W2"],
    rounds: undefined,
    steps: undefined,
    mainJob: false,
    software: false,
    json: undefined,
    python: undefined,
    without: new Set(),
  });
});

it("takes what is asked for", () => {
  const options = parse(
    "--workloads=w2,W0",
    "--rounds=0",
    "--steps=96",
    "--main-job",
    "--software",
    "--json=x.json",
    "--python=py",
    "--no-torch",
    "--no-browser",
  );
  expect(options).toEqual({
    workloads: ["W0", "W2"],
    rounds: 0,
    steps: 96,
    mainJob: true,
    software: true,
    json: "x.json",
    python: "py",
    without: new Set(["torch", "browser"]),
  });
  expect(parseWebgpuOptions(["--backend=webgpu", "--help"])).toBe("help");
});

it.each([
  [["--steps", "97"], '--steps must be a whole number from 1 to 96, not "97".'],
  [["--steps", ""], '--steps must be a whole number from 1 to 96, not "".'],
  [["--rounds", "1.5"], '--rounds must be a whole number from 0 to 1000, not "1.5".'],
  [["--workloads", "W7"], 'There is no workload "W7": allowed are W0, W1, W2, W3, W4.'],
  [["--profile"], "Unknown option '--profile'"],
])("refuses %j", (args, message) => {
  expect(() => parse(...args)).toThrow(message);
});
