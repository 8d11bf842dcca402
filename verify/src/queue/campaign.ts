import { randomStream } from "@grok/data";
import { queueFaults, restarting } from "./queue-faults";
import { TestBed, type TestBedOptions } from "./test-bed";

/** What is to be done. */
export interface QueuePlan {
  /** Faults, at least. */
  faults: number;
  /** Decides which fault comes when, and whom it meets. */
  seed: number;
  /** Runs of a round. */
  runs: number;
  /** Which faults; all by default. */
  kinds?: readonly string[];
}

/** The outcome of a campaign. */
export interface QueueReport {
  faults: Record<string, number>;
  /** Runs, each done for two sweeps. */
  runs: number;
  rounds: number;
  /** What was not as it should be, a sentence each. */
  wrong: string[];
}

/** Makes faults, by turns, while a queue's workers do small runs for two sweeps at a time. */
export async function queueCampaign(
  { faults, seed, runs, kinds = Object.keys(queueFaults) }: QueuePlan,
  options: Omit<TestBedOptions, "random">,
  onRound: (report: QueueReport) => void,
): Promise<QueueReport> {
  const stream = randomStream(seed, "faults", 0);
  const random = () => stream.uniform();
  const counts: Record<string, number> = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  const report: QueueReport = { faults: counts, runs: 0, rounds: 0, wrong: [] };
  const bed = await TestBed.start({ ...options, random });
  const made = () => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const turns = turnsOf(kinds);
  let turn = 0;
  try {
    while (made() < faults && bed.wrong.length === 0 && !options.signal.aborted) {
      const first = 1000 * seed + report.runs;
      await bed.round(specOf(first, runs), async () => {
        // What is left of the round comes to its end in peace.
        if (made() >= faults) return;
        const kind = turns[turn++ % turns.length] as string;
        const outcome = await queueFaults[kind]?.(bed);
        if (outcome?.isMade === true) counts[kind] = (counts[kind] ?? 0) + 1;
        if (outcome?.wrong !== undefined) bed.wrong.push(outcome.wrong);
      });
      report.runs += runs;
      report.rounds++;
      onRound(report);
    }
  } finally {
    await bed.close();
    report.wrong.push(...bed.wrong);
  }
  return report;
}

/** Cycles of faults: those after which a process has to start again come in one of four. */
function turnsOf(kinds: readonly string[]): string[] {
  const quick = kinds.filter((kind) => !restarting.has(kind));
  return [...quick, ...quick, ...quick, ...kinds];
}

/** Small runs with a checkpoint every so often. */
function specOf(first: number, runs: number): object {
  const size = { p: 7, width: 16, "embed-dim": 8, backend: "cpu" };
  const length = { steps: 400, "eval-every": 50, "checkpoint-every": 50, "stop-on-grok": false };
  const seeds = Array.from({ length: runs }, (_, index) => first + index);
  return { title: "Verification", preset: "mlp", flags: { ...size, ...length }, seeds };
}
