import { mkdir, readdir } from "node:fs/promises";
import { hasRedis, RedisServer } from "@grok/redis";
import { expect, it } from "vitest";
import { doctor } from "../src/commands/doctor";
import type { Finding } from "../src/doctor/finding";
import { here, missing, slow } from "../src/doctor/finding";
import { TestOutput, TestProcessEnv } from "./process-env";
import { inFreshFolder, run } from "./tiny";

inFreshFolder();

it("looks at this machine, where the main job can run, and leaves nothing", async () => {
  const { status, stdout, stderr } = await run(["doctor", "--json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const { canTrain, findings } = JSON.parse(stdout) as { canTrain: boolean; findings: Finding[] };
  expect(canTrain).toBe(true);
  expect(findings.map(({ about }) => about)).toEqual([
    "runtime",
    "processors",
    "backend",
    "WebGPU",
    "memory",
    "addresses",
    "disk",
    "figures",
    "fonts",
    "extensions",
    "page",
  ]);
  for (const { about, condition, text } of findings) {
    expect(["here", "slow", "missing"], about).toContain(condition);
    expect(text, about).toMatch(/^[^\n]*[^.]\.$/);
  }
  expect(findings[0]?.text).toContain(process.versions.node);
  expect(findings[2]?.text).toMatch(/^(wasm|cpu), /);
  expect(await readdir(".")).toEqual([]);
});

it("tells each in a line, and ends with 1 only for want of what is needed", async () => {
  const processEnv = new TestProcessEnv();
  const checks = [
    { about: "a", needed: true, look: () => here("One.") },
    { about: "b", look: () => missing("Two.") },
    { about: "c", needed: true, look: () => slow("Three.") },
  ];
  expect(await doctor(undefined, {}, processEnv, checks)).toBe(0);
  expect(processEnv.stdout.text).toBe(
    "  here     a  One.\n  missing  b  Two.\n  slow     c  Three.\n\ngrok train can run here.\n",
  );
  const lacking = new TestProcessEnv();
  const look = () => missing("Four.");
  expect(await doctor(undefined, {}, lacking, [{ about: "d", needed: true, look }])).toBe(1);
  expect(lacking.stdout.text).toContain("grok train cannot run here for want of: d.");
});

it("keeps within a terminal", async () => {
  const processEnv = new TestProcessEnv(new TestOutput(true, 60));
  Object.assign(processEnv.env, { NO_COLOR: "1" });
  await mkdir("mine");
  expect((await run(["doctor", "mine"], processEnv)).status).toBe(0);
  const lines = processEnv.stdout.text.split("\n").filter((line) => !/\/\S{30}/.test(line));
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
});

it("says that no queue listens where GROK_QUEUE points", async () => {
  const processEnv = new TestProcessEnv();
  Object.assign(processEnv.env, { GROK_QUEUE: "redis://:secret@127.0.0.1:1" });
  const { status, stdout } = await run(["doctor", "--json"], processEnv);
  expect(status).toBe(0);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  expect(findings.at(-1)).toMatchObject({ about: "queue", condition: "missing" });
  expect(findings.at(-1)?.text).toContain("No Redis listens at redis://127.0.0.1:1");
  expect(stdout).not.toContain("secret");
});

it.runIf(hasRedis)(
  `finds the queue of GROK_QUEUE${hasRedis ? "" : " (needs Debian's redis-server)"}`,
  async () => {
    const redis = await RedisServer.start();
    try {
      const processEnv = new TestProcessEnv();
      Object.assign(processEnv.env, { GROK_QUEUE: redis.url });
      const { stdout } = await run(["doctor"], processEnv);
      expect(stdout).toMatch(/here +queue +redis:\/\/\S+ can keep a queue\./);
    } finally {
      await redis.remove();
    }
  },
);
