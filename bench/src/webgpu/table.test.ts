import { expect, it } from "vitest";
import { spread } from "../statistics.ts";
import { webgpuTable } from "./table.ts";
import { aResult, implementation } from "./testing.ts";

const software = { name: "SwiftShader (software)", isSoftware: true, hasTimestamps: false };
const workload = {
  id: "W0",
  preset: "mlx",
  title: "Transformer",
  batch: 512,
  parameters: 418_944,
} as const;

const cells = (text: string, start: string) =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`| ${start}`))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

it("gives what a step asks of the device, and its time there and here", () => {
  const implementations = [implementation("ours-node"), implementation("torch-eager")];
  const text = webgpuTable(aResult({ workloads: [{ ...workload, implementations }] }));
  const [asked] = cells(text, "ours, Node");
  expect(asked).toEqual(
    ["ours, Node", "57.0", "1.00", "2.00", "0", "8.00"]
      .toSpliced(5, 0, "4096")
      .concat(["0.250", "2.0", "1.50", "1.00", "50%", "2.00"]),
  );
  expect(cells(text, "PyTorch, CUDA, eager")).toEqual([["PyTorch, CUDA, eager", "not measured"]]);
});

it("says if there are no times of the device, and whose adapter computes on the processor", () => {
  const ours = implementation("ours-node", { adapter: software, deviceMs: null });
  const text = webgpuTable(
    aResult({ adapter: software, workloads: [{ ...workload, implementations: [ours] }] }),
  );
  expect(text).toContain("SwiftShader (software), which has no timestamp-query; A Processor");
  const [asked, speed] = cells(text, "ours, Node");
  expect(asked?.[0]).toBe("ours, Node (software)");
  expect(asked?.slice(10, 12)).toEqual(["no timestamp-query", "–"]);
  expect(speed?.[1]).toBe("not measured (software)");
});

it("gives speeds, the main job and the targets, and ends with what was skipped", () => {
  const ours = implementation("ours-node", { stepsPerSecond: spread([400, 500, 600]) });
  const torch = implementation("torch-eager", {
    stepsPerSecond: spread([100, 100, 100]),
    verdict: "its loss at step 2 is 4, ours is 5",
  });
  const text = webgpuTable(
    aResult({
      workloads: [{ ...workload, implementations: [ours, torch] }],
      mainJob: [{ seed: 0, status: "grokked", tGrok: 1730, seconds: 3.456, stepsPerSecond: 501 }],
      skipped: ["jax-js on W2: no Chromium\n  at somewhere"],
    }),
  );
  expect(cells(text, "ours, Node")[1]).toEqual(["ours, Node", "500 (450–550)"]);
  expect(cells(text, "PyTorch, CUDA, eager")[0]?.[1]).toBe("100 (100–100) (wrong)");
  expect(cells(text, "0 ")).toEqual([["0", "grokked", "1730", "3.46", "501"]]);
  expect(cells(text, "W0  | the main job")[0]?.slice(2)).toEqual([
    "3.46 s",
    "≤ 5 s",
    "≤ 2 s",
    "reached",
  ]);
  expect(text.endsWith("Skipped:\n- jax-js on W2: no Chromium\n")).toBe(true);
});
