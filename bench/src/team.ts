import { type Answers, Child } from "./child.ts";
import type { Implementation } from "./implementation.ts";
import type { Profile, Ready, Request, Slice } from "./protocol.ts";
import type { Report } from "./report.ts";
import type { Workload } from "./workload.ts";

/** An implementation at work. */
export interface Runner {
  implementation: Implementation;
  child: Child;
  ready: Ready;
  slices: Slice[];
  profile: Profile | null;
}

/** How long they are measured. */
export interface Turns {
  rounds: number;
  /** Of one implementation in one round. */
  sliceSeconds: number;
  /** Of each implementation before the first round, not measured. */
  warmSeconds: number;
}

/** How many processes come up at a time. */
const startsAtOnce = 2;

/**
 * The processes of all implementations on a workload. One that cannot run, or fails later, is left out
 * and reported.
 */
export class Team {
  readonly #workload: Workload;
  readonly #report: Report;
  readonly #children: Child[] = [];
  readonly #patience: number | undefined;
  #runners: Runner[] = [];

  /** @param patience the longest that an answer may take, in milliseconds; default as {@link Child} has it */
  constructor(workload: Workload, report: Report, patience?: number) {
    this.#patience = patience;
    this.#workload = workload;
    this.#report = report;
  }

  /** Those that still run, in the implementations' order. */
  get runners(): readonly Runner[] {
    return this.#runners;
  }

  /** Starts the implementations of the workload, and waits until they have made the common first steps. */
  async start(implementations: readonly Implementation[], folder: string): Promise<void> {
    const { id } = this.#workload;
    const wanted = implementations.filter(({ workloads }) => workloads.includes(id));
    const started = new Map<Implementation, Runner>();
    const queue = [...wanted];
    const startNext = async (): Promise<void> => {
      for (
        let implementation = queue.shift();
        implementation !== undefined;
        implementation = queue.shift()
      ) {
        this.#report.progress(`${id}: starting ${implementation.title}`);
        const child = new Child(implementation.command(this.#workload, folder), this.#patience);
        this.#children.push(child);
        try {
          const ready = await child.ready();
          started.set(implementation, { implementation, child, ready, slices: [], profile: null });
        } catch (error) {
          this.#leaveOut(implementation, error);
        }
      }
    };
    await Promise.all(Array.from({ length: startsAtOnce }, startNext));
    this.#runners = wanted.flatMap((implementation) => started.get(implementation) ?? []);
  }

  /** Has them train in turn within each round; a beginning of each is not measured. */
  async takeTurns(
    { rounds, sliceSeconds, warmSeconds }: Turns,
    beforeRound: () => Promise<void> = async () => {},
  ): Promise<void> {
    if (rounds === 0) return;
    for (const runner of this.#runners) {
      await this.ask(runner, { do: "run", seconds: warmSeconds }, "warming up");
    }
    for (let round = 1; round <= rounds; round++) {
      await beforeRound();
      for (const runner of this.#runners) {
        const doing = `round ${round} of ${rounds}`;
        const slice = await this.ask(runner, { do: "run", seconds: sliceSeconds }, doing);
        if (slice !== undefined) runner.slices.push(slice);
      }
    }
  }

  /** Asks one of them; undefined if it fails, which ends its part. */
  async ask<R extends Request>(
    runner: Runner,
    request: R,
    doing: string,
  ): Promise<Answers[R["do"]] | undefined> {
    const { implementation, child } = runner;
    this.#report.progress(`${this.#workload.id}: ${doing}, ${implementation.title}`);
    try {
      return await child.ask(request);
    } catch (error) {
      this.#runners = this.#runners.filter((each) => each !== runner);
      this.#leaveOut(implementation, error);
      return undefined;
    }
  }

  /** Ends all processes, whatever they do. */
  kill(): void {
    for (const child of this.#children) child.kill();
  }

  #leaveOut({ title }: Implementation, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#report.skip(`${title} on ${this.#workload.id}: ${reason}`);
  }
}
