import { closeSync, openSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { endless, killLast, start } from "./start";
import { inFreshFolder, summaryOf } from "./tiny";

// Each is a process of its own, from its sources.
vi.setConfig({ testTimeout: 180_000 });
inFreshFolder();
afterEach(killLast);

const isLinux = process.platform === "linux";
const reason = "What the command prints could not be written: the disk is full.";

/** Runs the command with a full disk for its stdout. */
async function ontoFullDisk(args: readonly string[]) {
  const full = openSync("/dev/full", "w");
  try {
    return await start(args, full).end;
  } finally {
    closeSync(full);
  }
}

it.runIf(isLinux)("fails, and says why, if what it prints goes to a full disk", async () => {
  for (const args of [["presets", "--json"], ["--help"]]) {
    expect(await ontoFullDisk(args)).toMatchObject({ status: 1, text: `grok: ${reason}\n` });
  }
});

it.runIf(isLinux)("leaves a run that can be resumed if its records go to a full disk", async () => {
  const { status, text } = await ontoFullDisk([...endless, "--json"]);
  expect(status).toBe(1);
  expect(text).toContain("grok resume run\n");
  expect(text).toContain(reason);
  expect((await summaryOf("run")).status).toBe("interrupted");
});

it.runIf(isLinux)("says nothing if only the reader has gone", async () => {
  const { process: running, end } = start(["presets"]);
  running.stdout?.destroy();
  expect(await end).toMatchObject({ status: 0, text: "" });
});
