/** A part of a visit: a script of this folder, run for itself. */
export interface Part {
  name: string;
  script: string;
  args: string[];
  /** Whether it says its result in its last line, or writes it to a file named by `--json`. */
  answers: "line" | "file";
}

/** Samples of each operation. */
const samples = 8;

/** The most important first, as the time may end. */
export function partsOf(isSoftware: boolean, python: string | undefined): Part[] {
  const bench = (workload: string): Part => ({
    name: `bench ${workload}`,
    script: "main.ts",
    args: [
      "--backend",
      "webgpu",
      "--workloads",
      workload,
      "--no-browser",
      ...(isSoftware ? [] : ["--rounds", "5"]),
      ...(python === undefined ? [] : ["--python", python]),
    ],
    answers: "file",
  });
  const mainJob = (seed: number): Part => ({
    name: `main job, seed ${seed}`,
    script: "main-job-run.ts",
    args: [String(seed)],
    answers: "line",
  });
  const operations: Part = {
    name: "operations",
    script: "conformance.ts",
    args: [String(samples)],
    answers: "line",
  };
  // A software adapter takes minutes for what a graphics device does in a second.
  if (isSoftware) return [operations, bench("W2")];
  return [
    operations,
    bench("W2"),
    mainJob(0),
    bench("W0"),
    mainJob(1),
    bench("W1"),
    mainJob(2),
    bench("W3"),
    bench("W4"),
  ];
}
