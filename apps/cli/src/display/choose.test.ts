import { expect, it } from "vitest";
import { TestOutput, TestProcessEnv } from "../../test/process-env";
import { Screen } from "../../test/screen";
import { chooseDisplay } from "./choose";
import { JsonDisplay } from "./json-display";
import { LineDisplay } from "./line-display";
import type { RunStatus } from "./run-status";

const runStatus: RunStatus = {
  step: 3,
  steps: 10,
  stepsPerEpoch: 2,
  stepsPerSecond: 5,
  last: undefined,
  tMem: null,
  tGrok: null,
  rules: { grokThreshold: 0.95, grokLoss: null, memLoss: null },
  stopsOnGrok: false,
};

it("is a live one on a terminal, and lines elsewhere", async () => {
  expect(await chooseDisplay(new TestProcessEnv(), { json: false })).toBeInstanceOf(LineDisplay);
  const dumb = new TestProcessEnv(new TestOutput(true));
  dumb.env.TERM = "dumb";
  expect(await chooseDisplay(dumb, { json: false })).toBeInstanceOf(LineDisplay);

  const screen = new Screen();
  const live = await chooseDisplay(new TestProcessEnv(screen), { json: false });
  live.message("before\n");
  live.progress(runStatus);
  expect(screen.text).toMatch(
    /^before\n━+─+ {2}30 %\nstep 3 of 10 · epoch 1 · 5\.00 steps\/s · 1\.4 s left\n/,
  );
  expect(screen.isCursorShown).toBe(false);
  live.close();
  live.message("after\n");
  expect(screen.text).toMatch(/t_grok – from 95 %\nafter$/);
  expect(screen.isCursorShown).toBe(true);
});

it("draws nothing among records on the same terminal", async () => {
  const screen = new Screen();
  const processEnv = new TestProcessEnv(screen);
  const display = await chooseDisplay(processEnv, { json: true });
  expect(display).toBeInstanceOf(JsonDisplay);
  const record = {
    step: 3,
    epoch: 1.5,
    train_loss: 1,
    train_acc: 0.5,
    val_loss: 2,
    val_acc: 0.25,
    elapsed_sec: 1,
  };
  display.progress(runStatus);
  display.evaluation(record, runStatus);
  display.milestone("t_mem", runStatus);
  display.message("word\n");
  display.close();
  expect(screen.text).toBe(JSON.stringify(record).replaceAll(/.{80}/g, "$&\n"));
  expect(processEnv.stderr.text).toBe(
    "t_mem: step 3 (epoch 1.5), the first with training accuracy above 99 %\nword\n",
  );
});

it("gives the cursor back while the process is paused, and draws again when it continues", async () => {
  const screen = new Screen();
  const processEnv = new TestProcessEnv(screen);
  const display = await chooseDisplay(processEnv, { json: false });
  display.progress(runStatus);
  let whilePaused = false;
  processEnv.pause = () => {
    whilePaused = screen.isCursorShown;
  };
  processEnv.send("SIGTSTP");
  expect(whilePaused).toBe(true);
  processEnv.send("SIGCONT");
  expect(screen.isCursorShown).toBe(false);
  expect(screen.text.match(/step 3 of 10/g)).toHaveLength(2);
  display.close();
  expect(processEnv.send("SIGTSTP")).toBe(0);
});
