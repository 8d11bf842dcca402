import { expect, it } from "vitest";
import type { ImplementationResult, Result } from "../result.ts";
import { spread } from "../statistics.ts";
import { markdown, number, withSpread } from "./markdown.ts";
import { table } from "./table.ts";

const ours: ImplementationResult = {
  key: "ours-relaxed-2",
  title: "ours",
  library: "ours",
  threads: 2,
  stepsPerSecond: spread([40, 42, 44]),
  gflopPerStep: 2,
  peakMemory: 300 * 2 ** 20,
  losses: { first: [4.6, 4.5], last: 3 },
  verdict: "trains",
  profile: {
    steps: 10,
    seconds: 0.25,
    kernels: [
      { name: "GrokLinear", calls: 150, seconds: 0.2, wasmSeconds: 0.19 },
      { name: "Add", calls: 20, seconds: 0.02, wasmSeconds: 0 },
    ],
    jobs: [{ name: "MatMul", calls: 150, seconds: 0.19, multiplyAdds: 1e10 }],
  },
};

const torch: ImplementationResult = {
  ...ours,
  key: "torch-1",
  title: "PyTorch, 1 thread",
  library: "torch",
  threads: 1,
  stepsPerSecond: spread([10, 10, 11]),
  gflopPerStep: 5,
  verdict: "its loss went from 4.6 to 4.7",
  profile: null,
};

const result: Result = {
  date: "2026-11-21T04:12:25.164Z",
  command: "pnpm bench",
  machine: { cpu: "A Processor", cores: 2, memory: 24 * 2 ** 30, system: "linux 6", load: 0.1 },
  versions: { Node: "24.21.0", PyTorch: "1.13.1" },
  settings: { rounds: 3, sliceSeconds: 0.5, warmSeconds: 1 },
  workloads: [
    {
      id: "W0",
      title: "Transformer",
      preset: "mlx",
      parameters: 418_944,
      peak: { oneCore: spread([50]), allCores: spread([100]) },
      implementations: [ours, torch],
      products: {
        products: [
          {
            product: { m: 9, k: 8, n: 7, transposeA: true, transposeB: false, count: 4 },
            speeds: [40, 45, 50],
          },
        ],
        peaks: [50, 50, 50],
      },
    },
  ],
  skipped: ["jax-js on W2: not installed\n    at somewhere"],
};

const cellsOf = (text: string, start: string) =>
  text
    .split("\n")
    .find((line) => line.startsWith(`| ${start}`))
    ?.split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

const text = table(result, { profile: true });

it("says when, on what and how it was measured", () => {
  expect(text.split("\n")[0]).toBe(
    "2026-11-21, `pnpm bench`: A Processor, 2 cores, 24 GiB, linux 6; Node 24.21.0, PyTorch 1.13.1. Implementations took turns in 3 rounds of 0.5 s each; medians with quartiles.",
  );
  expect(
    table({ ...result, machine: { ...result.machine, load: 3 } }, { profile: false }),
  ).toContain("The machine was busy (load 3.0).");
});

it("gives speeds, and marks who does not train", () => {
  expect(cellsOf(text, "ours ")).toEqual(["ours", "42.0 (41.0–43.0)"]);
  expect(cellsOf(text, "PyTorch, 1 thread ")).toEqual([
    "PyTorch, 1 thread",
    "10.0 (10.0–10.5) (wrong)",
  ]);
});

it("gives ratios beside what they are to be", () => {
  expect(text).toContain("ours / PyTorch, 1 thread");
  expect(text).toMatch(/4\.00× \(4\.00×–4\.10×\) +\| ≥ 2\.4× +\| ≥ 2\.8× +\| more than hoped for/);
  expect(text).toMatch(/90% \(85%–95%\) +\| ≥ 75% +\| ≥ 90% +\| more than hoped for/);
});

it("gives the arithmetic as a share of what the threads' cores can do", () => {
  const lines = text.split("\n").map((line) => line.replaceAll(/ +/g, " "));
  expect(lines).toContain("| W0 | ours | 2.00 | 84.0 | 100 | 84% |");
  expect(lines).toContain("| W0 | PyTorch, 1 thread | 5.00 | 50.0 | 50.0 | 100% |");
});

it("splits a step into WebAssembly, kernels' JavaScript and the rest", () => {
  const lines = text.split("\n").map((line) => line.replaceAll(/ +/g, " "));
  expect(lines).toContain("| W0 | ours | 25.0 | 19.0 | 3.00 | 3.00 | 24% |");
  expect(lines).toContain("| GrokLinear | 15.0 | 20.0 | 19.0 | 80% |");
  expect(lines).toContain("| JavaScript around them | | 3.00 | 0 | 12% |");
  expect(lines).toContain("| 9 × 8 × 7, Aᵀ | 4 | 0.00403 | 45.0 | 90% |");
  expect(table(result, { profile: false })).not.toContain("GrokLinear");
});

it("ends with what was skipped, without the trace", () => {
  expect(text.endsWith("Skipped:\n- jax-js on W2: not installed\n")).toBe(true);
});

it("aligns columns and leaves missing cells empty", () => {
  expect(markdown(["a", "bc"], [["long cell"], ["x", "y"]])).toBe(
    "| a         | bc  |\n|-----------|-----|\n| long cell |     |\n| x         | y   |\n",
  );
});

it.each([
  [0, "0"],
  [0.01234, "0.0123"],
  [9.876, "9.88"],
  [98.76, "98.8"],
  [987.6, "988"],
  [98765, "98765"],
])("writes %d as %s", (value, written) => {
  expect(number(value)).toBe(written);
});

it("writes spreads", () => {
  expect(withSpread(spread([1, 2, 3]))).toBe("2.00 (1.50–2.50)");
});
