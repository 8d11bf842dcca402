import { readRun } from "@grok/train/node";
import { afterEach, expect, it, vi } from "vitest";
import { endless, killLast, start } from "./start";
import { inFreshFolder, summaryOf } from "./tiny";

// Each is a process of its own, from its sources.
vi.setConfig({ testTimeout: 180_000 });
inFreshFolder();
afterEach(killLast);

it.skipIf(process.platform === "win32").each(["SIGUSR1", "SIGUSR2"] as const)(
  "continues at SIGHUP without a terminal, and at %s writes a checkpoint and opens no debugger",
  async (signal) => {
    const { process: running, saw, end } = start(endless);
    await saw(/^step +3 /m);
    running.kill("SIGHUP");
    await saw(/^step +8 /m);
    running.kill(signal);
    const { status, text } = await end;
    expect(status).toBe(130);
    expect(text).toContain("grok resume run\n");
    // "Debugger listening on ws://127.0.0.1:9229/…" is what Node says when it opens its port.
    expect(text).not.toMatch(/debugger/i);
    const { steps, status: how } = await summaryOf("run");
    expect(how).toBe("interrupted");
    expect((await readRun("run")).checkpoints.at(-1)?.step).toBe(steps);
  },
);
