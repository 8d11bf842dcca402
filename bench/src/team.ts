import { type Answers, Child } from "./child.ts";
import type { Contestant } from "./contestant.ts";
import type { Profile, Ready, Request, Slice } from "./protocol.ts";
import type { Report } from "./report.ts";
import type { Workload } from "./workload.ts";

/** A contestant at work. */
export interface Runner {
  contestant: Contestant;
  child: Child;
  ready: Ready;
  slices: Slice[];
  profile: Profile | null;
}

/** How long they are measured. */
export interface Turns {
  rounds: number;
  /** Of one contestant in one round. */
  sliceSeconds: number;
  /** Of each contestant before the first round, not measured. */
  warmSeconds: number;
}

/** How many processes come up at a time. */
const startsAtOnce = 2;

/**
 * The processes of all contestants on a workload. One that cannot run, or fails later, is left out
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

  /** Those that still run, in the contestants' order. */
  get runners(): readonly Runner[] {
    return this.#runners;
  }

  /** Starts the contestants of the workload, and waits until they have made the common first steps. */
  async start(contestants: readonly Contestant[], folder: string): Promise<void> {
    const { id } = this.#workload;
    const wanted = contestants.filter(({ workloads }) => workloads.includes(id));
    const started = new Map<Contestant, Runner>();
    const queue = [...wanted];
    const startNext = async (): Promise<void> => {
      for (let contestant = queue.shift(); contestant !== undefined; contestant = queue.shift()) {
        this.#report.progress(`${id}: starting ${contestant.title}`);
        const child = new Child(contestant.command(this.#workload, folder), this.#patience);
        this.#children.push(child);
        try {
          const ready = await child.ready();
          started.set(contestant, { contestant, child, ready, slices: [], profile: null });
        } catch (error) {
          this.#leaveOut(contestant, error);
        }
      }
    };
    await Promise.all(Array.from({ length: startsAtOnce }, startNext));
    this.#runners = wanted.flatMap((contestant) => started.get(contestant) ?? []);
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

  /** Asks one of them; undefined where it fails, which ends its part. */
  async ask<R extends Request>(
    runner: Runner,
    request: R,
    doing: string,
  ): Promise<Answers[R["do"]] | undefined> {
    const { contestant, child } = runner;
    this.#report.progress(`${this.#workload.id}: ${doing}, ${contestant.title}`);
    try {
      return await child.ask(request);
    } catch (error) {
      this.#runners = this.#runners.filter((each) => each !== runner);
      this.#leaveOut(contestant, error);
      return undefined;
    }
  }

  /** Ends all processes, whatever they do. */
  kill(): void {
    for (const child of this.#children) child.kill();
  }

  #leaveOut({ title }: Contestant, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#report.skip(`${title} on ${this.#workload.id}: ${reason}`);
  }
}
