import { parseArgs } from "node:util";
import { type Implementation, implementations, type Library } from "./implementation.ts";
import type { Turns } from "./team.ts";
import { type WorkloadId, workloadIds } from "./workload.ts";

export const help = `Training steps per second: ours, PyTorch, jax-js and stock TensorFlow.js, in turn.

pnpm bench [flags]

  --workloads LIST   which of ${workloadIds.join(",")}, with commas (default: all)
  --rounds N         measurements of each implementation (default: 9; with --quick 3)
  --quick            fewer implementations and rounds, shorter slices: under 2 minutes
  --json FILE        where the result goes (default: nowhere)
  --profile          print the time per step by operation too
  --no-torch         leave PyTorch out; likewise --no-jax and --no-stock
  --help             this text
`;

/** What the command line asks for. */
export interface Options {
  workloads: WorkloadId[];
  implementations: Implementation[];
  measure: Turns;
  json: string | undefined;
  profile: boolean;
}

/** Wrong use of the command line. */
export class UsageError extends Error {}

/**
 * Reads the command line.
 *
 * @returns `help` where that is asked for
 * @throws UsageError in a sentence, for what is unknown or not allowed
 */
export function parseOptions(args: readonly string[]): Options | "help" {
  const { values } = parse(args);
  if (values.help) return "help";
  const quick = values.quick ?? false;
  const rounds = values.rounds === undefined ? (quick ? 3 : 9) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new UsageError(`--rounds must be a whole number from 1, not "${values.rounds}".`);
  }
  const without = new Set<Library>();
  for (const library of ["torch", "jax", "stock"] as const) {
    if (values[`no-${library}`]) without.add(library);
  }
  return {
    workloads: readWorkloads(values.workloads),
    implementations: implementations.filter(
      (implementation) => !without.has(implementation.library) && (implementation.quick || !quick),
    ),
    measure: {
      rounds,
      sliceSeconds: quick ? 0.3 : 0.5,
      warmSeconds: quick ? 0.5 : 1,
    },
    json: values.json,
    profile: values.profile ?? false,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        workloads: text,
        rounds: text,
        quick: flag,
        json: text,
        profile: flag,
        "no-torch": flag,
        "no-jax": flag,
        "no-stock": flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The workloads that a list with commas names, in their own order; all without one.
 *
 * @throws UsageError for an unknown one
 */
export function readWorkloads(list: string | undefined): WorkloadId[] {
  if (list === undefined) return [...workloadIds];
  const asked = list.split(",").map((name) => name.trim().toUpperCase());
  const unknown = asked.find((name) => !(workloadIds as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There is no workload "${unknown}": allowed are ${workloadIds.join(", ")}.`,
    );
  }
  return workloadIds.filter((id) => asked.includes(id));
}
