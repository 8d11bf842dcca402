import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readSweep } from "@grok/sweep/node";
import { readRun } from "@grok/train/node";
import { afterEach, expect, it, vi } from "vitest";
import { command } from "./command";
import { inFreshFolder } from "./tiny";

inFreshFolder();
// Each sweep starts processes of its own.
vi.setConfig({ testTimeout: 300_000 });

let child: ChildProcess | undefined;
afterEach(() => {
  // The whole group: the command and its runners.
  if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    process.kill(-child.pid, "SIGKILL");
  }
});

const line =
  "sweep --preset mlp --p 7 --width 16 --embed-dim 8 --backend cpu --steps 1500 --eval-every 100 --checkpoint-every 100 --grid weight-decay=0.1,1 --seeds 0..1 --jobs 2 --threads 1 --no-plots --no-reuse --out-dir";

/** Starts a sweep as a process group of its own. */
function start(folder: string) {
  const [node = "", ...flags] = command;
  const started = spawn(node, [...flags, ...line.split(" "), folder], {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  child = started;
  let text = "";
  started.stdout.on("data", (chunk: Buffer) => void (text += chunk.toString()));
  started.stderr.on("data", (chunk: Buffer) => void (text += chunk.toString()));
  return {
    started,
    exit: once(started, "exit"),
    end: once(started, "close").then(([status]) => ({ status, text })),
  };
}

/** Everything of a sweep's runs that does not depend on the clock. */
async function bytesOf(folder: string) {
  const { runs } = (await readSweep(folder)) ?? { runs: [] };
  return Promise.all(
    runs.map(async ({ name, state, step, t_grok, best_val_acc }) => {
      const { records, checkpoints } = await readRun(join(folder, "runs", name));
      const last = await readFile((checkpoints.at(-1) as { path: string }).path);
      // The progress that a checkpoint's header remembers has times in it; its tensors follow.
      const tensors = last.subarray(8 + Number(last.readBigUint64LE(0))).toString("hex");
      const timeless = records.map((record) => ({ ...record, elapsed_sec: 0 }));
      const steps = checkpoints.map((checkpoint) => checkpoint.step);
      return { name, state, step, t_grok, best_val_acc, timeless, tensors, steps };
    }),
  );
}

/** Whether any run has come to a step beyond one. */
async function hasReached(folder: string, step: number): Promise<boolean> {
  const state = await readSweep(folder).catch(() => null);
  const names = state?.runs.map(({ name }) => name) ?? [];
  const records = await Promise.all(
    names.map((name) =>
      readRun(join(folder, "runs", name)).then(
        (run) => run.records.length,
        () => 0,
      ),
    ),
  );
  return records.some((count) => 100 * count >= step);
}

it("gives the same bytes after SIGKILL to the command, and to all its processes", async () => {
  const whole = start("whole");
  expect(await whole.end).toMatchObject({ status: 0 });

  for (const [step, victims] of [
    [200, "command"],
    [700, "all"],
  ] as const) {
    const { started, exit } = start("killed");
    while (!(await hasReached("killed", step))) await new Promise((done) => setTimeout(done, 20));
    const pid = started.pid as number;
    // The command alone: its runners hear that it is gone, write a checkpoint and end. The next
    // command begins at once, and waits for them.
    process.kill(victims === "all" ? -pid : pid, "SIGKILL");
    expect(await exit).toEqual([null, "SIGKILL"]);
  }
  const last = start("killed");
  expect(await last.end).toMatchObject({ status: 0 });
  expect(await bytesOf("killed")).toEqual(await bytesOf("whole"));
});
