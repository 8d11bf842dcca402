import { spawnSync } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasRedis } from "@grok/redis";
import { type QueueReport, queueCampaign, queueFaults } from "@grok/verify";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { countOf, duration } from "../quantity";
import { numberFlag } from "../queue/queue-flags";
import { RunFailure } from "../run/failure";
import { listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { styleFor } from "../terminal/style";
import { table } from "../terminal/table";
import { UsageError } from "../usage-error";

/**
 * Lets a queue's workers do runs while things go wrong, and compares what is downloaded, byte for byte,
 * with what one process makes of them.
 *
 * @throws UsageError if there is no Redis, RunFailure if anything was not as it should be
 */
export async function verifyQueue(given: GivenFlags, processEnv: ProcessEnv): Promise<Status> {
  const whole = { min: 1, max: 1_000_000, whole: true };
  const plan = {
    faults: numberFlag(given, "faults", whole) ?? 50,
    seed: numberFlag(given, "fault-seed", { ...whole, min: 0 }) ?? 0,
    runs: numberFlag(given, "runs", { ...whole, max: 1000 }) ?? 20,
    kinds: kindsWith(given.only),
  };
  if (!hasRedis) throw new UsageError("It needs a Redis: apt install redis-server.");
  const otherNode = nodeOf(given["other-node"]);
  const out = given.json === true ? processEnv.stderr : processEnv.stdout;
  const interrupt = listenForInterrupt(processEnv);
  const root = await realpath(await mkdtemp(join(tmpdir(), "grok-verify-")));
  const began = performance.now();
  let report: QueueReport;
  try {
    const { signal } = interrupt;
    const options = { self: processEnv.self, root, otherNode, signal };
    report = await queueCampaign(plan, options, ({ runs, faults }) => {
      const made = Object.values(faults).reduce((sum, count) => sum + count, 0);
      out.write(`${countOf(runs, "run")}, ${countOf(made, "fault")}\n`);
    });
  } finally {
    interrupt.release();
  }
  if (interrupt.signal.aborted) {
    await rm(root, { recursive: true, force: true });
    return status.interrupted;
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  const { runs, rounds, faults, wrong } = report;
  const rows = Object.entries(faults).map(([kind, count]) => [kind, String(count)]);
  const columns = [{ title: "fault" }, { title: "times", align: "right" as const }];
  out.write(table(columns, rows, styleFor(out, processEnv.env)));
  const total = Object.values(faults).reduce((sum, count) => sum + count, 0);
  out.write(
    `\n${countOf(total, "fault")} while ${countOf(runs, "run")} were done for two sweeps each, in ${duration(seconds)}; wrong: ${wrong.length}\n`,
  );
  if (given.json === true) {
    const record = { seed: plan.seed, rounds, runs, total, faults, seconds, otherNode, wrong };
    processEnv.stdout.write(`${JSON.stringify(record)}\n`);
  }
  if (wrong.length === 0) {
    await rm(root, { recursive: true, force: true });
    return status.done;
  }
  for (const each of wrong.slice(0, 20)) out.write(`  ${each}\n`);
  throw new RunFailure(
    `${countOf(wrong.length, "thing")} went wrong; the folders are kept in ${root}.`,
  );
}

function kindsWith(only: string | boolean | undefined): string[] {
  const all = Object.keys(queueFaults);
  const kinds = all.filter((kind) => only === undefined || kind.includes(String(only)));
  if (kinds.length > 0) return kinds;
  throw new UsageError(`--only must be in the name of a fault: ${all.join("; ")}.`);
}

/** Another Node than this one, if there is one. */
function nodeOf(typed: string | boolean | undefined): string | null {
  const file = typed === undefined ? "/usr/bin/node" : String(typed);
  const { stdout, status: code } = spawnSync(file, ["--version"], { encoding: "utf8" });
  if (code === 0 && stdout.trim() !== process.version) return file;
  if (typed === undefined) return null;
  throw new UsageError(`--other-node must be another Node than ${process.version}.`);
}
