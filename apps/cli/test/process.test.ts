import { execFileSync } from "node:child_process";
import { closeSync, constants, openSync, writeSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { readRun } from "@grok/train/node";
import { afterEach, expect, it } from "vitest";
import { endless, killLast, start } from "./start";
import { inFreshFolder, recordsOf, run, summaryOf, tiny } from "./tiny";

inFreshFolder();
afterEach(killLast);

/** What something gives after half a second. */
async function later<T>(what: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return what();
}

it("ends by itself when it is done, with its status", async () => {
  const wasm = tiny.map((arg) => (arg === "cpu" ? "wasm" : arg));
  const done = await start([...wasm, "--steps", "3", "--out-dir", "run"]).end;
  expect(done).toMatchObject({ status: 0, signal: null });
  expect((await summaryOf("run")).backend).toBe("wasm");
  const wrong = await start(["train", "--lr", "abc"]).end;
  expect(wrong).toEqual({
    status: 2,
    signal: null,
    text: 'grok: --lr must be a number greater than 0, not "abc".\n',
  });
});

it.each(["SIGINT", "SIGTERM"] as const)(
  "at %s leaves a run that can be resumed",
  async (signal) => {
    const { process: running, saw, end } = start(endless);
    await saw(/^step +5 /m);
    running.kill(signal);
    const { status, text } = await end;
    expect(status).toBe(130);
    expect(text).toContain("grok resume run\n");
    const { steps } = await summaryOf("run");
    expect((await readRun("run")).checkpoints.at(-1)?.step).toBe(steps);
    expect(await readdir("run")).not.toContain(".lock");
    const more = String(steps + 5);
    expect((await run(["resume", "run", "--steps", more, "--no-plots"])).status).toBe(0);
    expect((await recordsOf("run")).map(({ step }) => step)).toEqual(
      Array.from({ length: steps + 5 }, (_, i) => i + 1),
    );
  },
);

it("stops where nobody reads what it prints any more", async () => {
  const { process: running, saw, end } = start(endless);
  await saw(/^step +2 /m);
  running.stdout?.destroy();
  expect(await end).toMatchObject({ status: 130 });
  expect(await summaryOf("run")).toMatchObject({ status: "interrupted" });
});

it.runIf(process.platform === "linux")(
  "can be told to stop while nobody takes what it prints, and loses nothing",
  async () => {
    execFileSync("mkfifo", ["pipe"]);
    const pipe = openSync("pipe", constants.O_RDWR | constants.O_NONBLOCK);
    // Full to the last byte before the run begins, and never read.
    expect(() => {
      for (;;) writeSync(pipe, ".");
    }).toThrow("EAGAIN");
    const { process: running, end } = start([...endless, "--json"], pipe);
    const lines = async () => (await recordsOf("run").catch(() => [])).length;
    await expect.poll(lines, { timeout: 40_000 }).toBeGreaterThan(20);
    // What does not fit waits, and so does the run: its memory does not grow.
    await expect
      .poll(async () => (await lines()) === (await later(lines)), { timeout: 40_000 })
      .toBe(true);
    running.kill("SIGTERM");
    expect(await end).toMatchObject({ status: 130 });
    closeSync(pipe);
    const { status, steps } = await summaryOf("run");
    expect(status).toBe("interrupted");
    expect((await recordsOf("run")).at(-1)?.step).toBe(steps);
    expect((await readRun("run")).checkpoints.at(-1)?.step).toBe(steps);
  },
);

it("continues from what a kill left", async () => {
  const { process: running, saw, end } = start([...endless, "--checkpoint-every", "3"]);
  await saw(/^step +11 /m);
  running.kill("SIGKILL");
  await end;
  const { checkpoints } = await readRun("run");
  const last = checkpoints.at(-1)?.step ?? 0;
  expect(last).toBeGreaterThanOrEqual(9);
  const { status, stdout } = await run([
    "resume",
    "run",
    "--steps",
    String(last + 4),
    "--no-plots",
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain(`from step ${last} `);
  expect((await recordsOf("run")).map(({ step }) => step)).toEqual(
    Array.from({ length: last + 4 }, (_, i) => i + 1),
  );
});
