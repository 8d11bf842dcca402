import { parseArgs } from "node:util";
import type { Library } from "../implementation.ts";
import { readWorkloads, UsageError } from "../options.ts";
import type { WorkloadId } from "../workload.ts";

export const help = `Training steps on the graphics device: ours in Node and in a browser, stock TensorFlow.js, jax-js
in a browser, PyTorch on CUDA as it is and with CUDA graphs.

pnpm bench --backend webgpu [flags]

  --workloads LIST   which of W0 to W4, with commas (default: W0,W1,W2)
  --rounds N         measurements of each implementation (default: 9; 0, none, on a software adapter)
  --steps N          steps whose dispatches and times are counted, up to 96 (default: 64; 2 on a software adapter)
  --main-job         train the main job until it has grokked, too, five times; not on a software adapter
  --json FILE        where the result goes (default: nowhere)
  --software         take the software adapter of Debian's Chromium, which tells counts and no speeds
  --python FILE      a Python that has PyTorch with CUDA (default: python3, else /usr/bin/python3)
  --no-torch         leave PyTorch out; likewise --no-jax, --no-stock and --no-browser
  --help             this text
`;

/** What the command line asks for. */
export interface WebgpuOptions {
  workloads: WorkloadId[];
  /** Undefined if the adapter decides. */
  rounds: number | undefined;
  steps: number | undefined;
  mainJob: boolean;
  /** Whether a software adapter is to be shown to Node. */
  software: boolean;
  json: string | undefined;
  python: string | undefined;
  without: Set<Library | "browser">;
}

/** Steps that are counted at most: after a hundred ours reads its losses, for which it waits. */
const maxSteps = 96;

/**
 * Reads the command line.
 *
 * @returns `help` where that is asked for
 * @throws UsageError in a sentence, for what is unknown or not allowed
 */
export function parseWebgpuOptions(args: readonly string[]): WebgpuOptions | "help" {
  const { values } = parse(args);
  if (values.help) return "help";
  if (values.backend !== "webgpu") {
    throw new UsageError(`--backend must be webgpu or be left out, not "${values.backend}".`);
  }
  const without = new Set<Library | "browser">();
  for (const library of ["torch", "jax", "stock", "browser"] as const) {
    if (values[`no-${library}`]) without.add(library);
  }
  return {
    workloads: readWorkloads(values.workloads ?? "W0,W1,W2"),
    rounds: whole("rounds", values.rounds, 0, 1000),
    steps: whole("steps", values.steps, 1, maxSteps),
    mainJob: values["main-job"] ?? false,
    software: values.software ?? false,
    json: values.json,
    python: values.python,
    without,
  };
}

function whole(name: string, text: string | undefined, from: number, to: number) {
  if (text === undefined) return undefined;
  const value = text === "" ? Number.NaN : Number(text);
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new UsageError(`--${name} must be a whole number from ${from} to ${to}, not "${text}".`);
  }
  return value;
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        backend: text,
        workloads: text,
        rounds: text,
        steps: text,
        "main-job": flag,
        software: flag,
        json: text,
        python: text,
        "no-torch": flag,
        "no-jax": flag,
        "no-stock": flag,
        "no-browser": flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
