import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { OursSettings } from "./implementations/ours.ts";
import type { Workload, WorkloadId } from "./workload.ts";

/** Whose training steps are measured. */
export type Library = "ours" | "torch" | "jax" | "stock";

/** A library in one of its settings. */
export interface Implementation {
  key: string;
  /** For people. */
  title: string;
  library: Library;
  threads: number;
  /** Whether it leaves out work that the result does not need. */
  shortcuts: boolean;
  workloads: readonly WorkloadId[];
  /** Whether `--quick` has it too. */
  quick: boolean;
  /** The process to start, for a workload whose fixture lies in `folder`. */
  command(workload: Workload, folder: string): Command;
}

/** A process to start. */
export interface Command {
  file: string;
  args: string[];
  env?: Record<string, string>;
}

const all: readonly WorkloadId[] = ["W0", "W1", "W2", "W3", "W4"];

const path = (name: string) => fileURLToPath(new URL(`implementations/${name}`, import.meta.url));

type OursVariant = Omit<OursSettings, "workload"> & { quick?: boolean };

function ours({ threads, simd, shortcuts, quick = false }: OursVariant): Implementation {
  const plain = shortcuts ? "" : ", no shortcuts";
  return {
    key: `ours-${simd}-${threads}${shortcuts ? "" : "-whole"}`,
    title: `ours, ${simd} SIMD, ${threads} thread${threads === 1 ? "" : "s"}${plain}`,
    library: "ours",
    threads,
    shortcuts,
    workloads: all,
    quick,
    command: ({ id }) => {
      const settings: OursSettings = { workload: id, threads, simd, shortcuts };
      return { file: process.execPath, args: [path("ours.ts"), JSON.stringify(settings)] };
    },
  };
}

/** Debian's Python, which has PyTorch, and the folder in which Debian's OpenBLAS lies. */
const python = "/usr/bin/python3";
const openBlas = "/usr/lib/x86_64-linux-gnu/openblas-openmp";

function torch(threads: number): Implementation {
  return {
    key: `torch-${threads}`,
    title: `PyTorch, ${threads} thread${threads === 1 ? "" : "s"}`,
    library: "torch",
    threads,
    shortcuts: false,
    workloads: all,
    quick: true,
    command: (_, folder) => {
      const command = torchCommand(python, [folder, String(threads)]);
      // Debian's default BLAS is the reference one, ten times slower.
      const blas: Record<string, string> = existsSync(openBlas)
        ? { LD_LIBRARY_PATH: openBlas }
        : {};
      return { ...command, env: { ...command.env, ...blas } };
    },
  };
}

/** PyTorch's implementation in a Python that has it. */
export function torchCommand(file: string, args: string[]): Command {
  return {
    file,
    args: [path("torch/contest.py"), ...args],
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  };
}

/** How many of the common first steps the slow ones make. */
const slowChecks: Partial<Record<WorkloadId, number>> = { W0: 4 };

function inJavaScript(
  library: "jax" | "stock",
  title: string,
  script: string,
  workloads: readonly WorkloadId[],
): Implementation {
  return {
    key: library,
    title,
    library,
    threads: 1,
    shortcuts: false,
    workloads,
    quick: true,
    command: ({ id, checkSteps }, folder) => ({
      file: process.execPath,
      args: [path(script), folder, String(slowChecks[id] ?? checkSteps)],
    }),
  };
}

/** The first is what a user of ours gets without asking, on two cores. */
export const implementations: readonly Implementation[] = [
  ours({ threads: 2, simd: "wide", shortcuts: true, quick: true }),
  ours({ threads: 1, simd: "wide", shortcuts: true, quick: true }),
  ours({ threads: 2, simd: "relaxed", shortcuts: true, quick: true }),
  ours({ threads: 1, simd: "relaxed", shortcuts: true, quick: true }),
  ours({ threads: 2, simd: "plain", shortcuts: true }),
  ours({ threads: 1, simd: "plain", shortcuts: true }),
  ours({ threads: 2, simd: "relaxed", shortcuts: false }),
  torch(1),
  torch(2),
  inJavaScript("jax", "jax-js, wasm, jit, 1 thread", "jax/contest.ts", ["W2"]),
  inJavaScript("stock", "stock tfjs-wasm, 1 thread", "stock/contest.ts", ["W0", "W2"]),
];
