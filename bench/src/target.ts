import { multiplyAdds } from "./arithmetic.ts";
import type { Library } from "./implementation.ts";
import type { ImplementationResult, WorkloadResult } from "./result.ts";
import { ratios, type Spread, spread } from "./statistics.ts";
import type { WorkloadId } from "./workload.ts";

/** A ratio that is to be reached. */
interface Target {
  /** At least. */
  needed: number;
  /** To aim for. */
  hoped: number;
}

type Targets = Partial<Record<WorkloadId, Target>>;

/** Against PyTorch, by our build: wide is Node's, relaxed what browsers get. */
const torchTargets: Record<string, Targets> = {
  wide: {
    W0: { needed: 4, hoped: 4.5 },
    W1: { needed: 5, hoped: 5.5 },
    W2: { needed: 2.1, hoped: 2.5 },
    W3: { needed: 2.7, hoped: 3.2 },
    W4: { needed: 10, hoped: 15 },
  },
  relaxed: {
    W0: { needed: 2.4, hoped: 2.8 },
    W1: { needed: 3.8, hoped: 4 },
    W2: { needed: 1.3, hoped: 1.5 },
    W3: { needed: 1.6, hoped: 2 },
    W4: { needed: 8, hoped: 12 },
  },
};

const otherTargets: Record<"jax" | "stock", Targets> = {
  jax: { W2: { needed: 10, hoped: 15 } },
  stock: { W0: { needed: 30, hoped: 50 } },
};

/** Two threads against one. */
const threadTargets: Targets = {
  W0: { needed: 1.7, hoped: 1.85 },
  W1: { needed: 1.7, hoped: 1.85 },
  W2: { needed: 1.6, hoped: 1.75 },
  W3: { needed: 1.8, hoped: 1.9 },
  W4: { needed: 1.4, hoped: 1.7 },
};

/** The share of a core's limit that our matrix products are to reach. */
export const productTarget = { needed: 0.75, hoped: 0.9 } as const;

/** How a comparison came out. */
export interface Outcome {
  workload: WorkloadId;
  /** The best of the other library's settings, or ours on one thread. */
  against: ImplementationResult;
  ours: ImplementationResult;
  /** Steps per second, ours over theirs, round by round. */
  ratio: Spread;
  /** Absent where no target was set. */
  needed?: number;
  hoped?: number;
}

/** Which build of ours an implementation is, if it takes every shortcut. */
function buildOf({ library, key }: ImplementationResult): string | undefined {
  return library === "ours" ? /^ours-(\w+)-\d+$/.exec(key)?.[1] : undefined;
}

/** The one with the most steps per second. */
function fastest(
  implementations: readonly ImplementationResult[],
): ImplementationResult | undefined {
  return implementations.toSorted((a, b) => b.stepsPerSecond.median - a.stepsPerSecond.median)[0];
}

/**
 * Ours against the best setting of each other library, workload by workload: each of our builds for
 * which there are targets against PyTorch, the fastest of all against the others, on the better number
 * of threads; and our first build on two threads against itself on one.
 */
export function outcomes(workloads: readonly WorkloadResult[]): Outcome[] {
  return workloads.flatMap(({ id, implementations }) => {
    const compared: Outcome[] = [];
    const compare = (
      ours: ImplementationResult | undefined,
      against: ImplementationResult | undefined,
      target: Target | undefined,
    ) => {
      if (ours === undefined || against === undefined) return;
      const ratio = ratios(ours.stepsPerSecond.values, against.stepsPerSecond.values);
      compared.push({ workload: id, against, ours, ratio, ...target });
    };
    const of = (library: Library) =>
      fastest(implementations.filter((each) => each.library === library));
    for (const [build, targets] of Object.entries(torchTargets)) {
      const ours = fastest(implementations.filter((each) => buildOf(each) === build));
      compare(ours, of("torch"), targets[id]);
    }
    const best = fastest(implementations.filter((each) => buildOf(each) !== undefined));
    for (const library of ["jax", "stock"] as const) {
      compare(best, of(library), otherTargets[library][id]);
    }
    const builds = implementations.map(buildOf).filter((build) => build !== undefined);
    const on = (threads: number) =>
      implementations.find((each) => buildOf(each) === builds[0] && each.threads === threads);
    compare(on(2), on(1), threadTargets[id]);
    return compared;
  });
}

/** The share of a core's limit that a workload's matrix products reach together, round by round. */
export function productShare({ products }: WorkloadResult): Spread | undefined {
  if (products === null) return undefined;
  return spread(
    products.peaks.map((peak, round) => {
      let work = 0;
      let seconds = 0;
      for (const { product, speeds } of products.products) {
        const operations = 2e-9 * product.count * multiplyAdds(product);
        work += operations;
        seconds += operations / (speeds[round] as number);
      }
      return work / seconds / peak;
    }),
  );
}
