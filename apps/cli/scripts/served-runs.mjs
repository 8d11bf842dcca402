// What `grok serve` takes over many runs: results/served-runs.json, told in docs/reliability.md.
// Build first.
//
//   node apps/cli/scripts/served-runs.mjs [RUNS]
//
// RUNS, 10000 by default, are copies of one tiny run with seeds of their own, in a temporary folder.
// Wall times are those of this machine beside whatever else it does (`load`); processor time is the
// server's own.
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const command = join(root, "apps/cli/dist/main.js");
const runs = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), "grok-served-"));

const tiny =
  "--preset mlp --p 7 --width 8 --embed-dim 4 --steps 20 --no-stop-on-grok --no-plots --threads 1";
const first = join(folder, "first");
execFileSync(process.execPath, [command, "train", ...tiny.split(" "), "--out-dir", first]);
const served = join(folder, "runs");
const config = JSON.parse(readFileSync(join(first, "config.json"), "utf8"));
const nameOf = (seed) => `mlp-seed${seed}`;
for (let seed = 0; seed < runs; seed++) {
  const run = join(served, nameOf(seed));
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, "config.json"), `${JSON.stringify({ ...config, seed }, null, 2)}\n`);
  for (const file of ["metrics.jsonl", "summary.json"]) cpSync(join(first, file), join(run, file));
}

const server = spawn(process.execPath, [command, "serve", served, "--port", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const began = performance.now();
  const address = (await lines.next()).value.trim();
  /** A list, how long it took in milliseconds, and how many bytes it has. */
  const ask = async (since) => {
    const asked = performance.now();
    const query = since === undefined ? "" : `?since=${encodeURIComponent(since)}`;
    const text = await (await fetch(new URL(`runs/${query}`, address))).text();
    return { ...JSON.parse(text), ms: performance.now() - asked, bytes: text.length };
  };
  /** Asks until an answer is as it should be; milliseconds until then. */
  const askUntil = async (since, isRight) => {
    const asked = performance.now();
    for (;;) {
      const list = await ask(since);
      if (isRight(list)) return { ...list, ms: performance.now() - asked };
      if (performance.now() - asked > 300_000)
        throw new Error("The list is not right after 300 s.");
      await pause(20);
    }
  };
  const firstAnswer = await ask();
  const whole = await askUntil(undefined, (list) => list.isWhole && list.runs.length === runs);
  const untilWhole = performance.now() - began;
  const again = await ask();
  // What was just found is looked at again at each asking for a minute.
  await pause(65_000);
  const polls = [];
  for (let i = 0; i < 20; i++) polls.push(await ask(again.version));
  const changed = [];
  let { version } = polls[polls.length - 1];
  for (let i = 0; i < 10; i++) {
    const name = nameOf((i * 997) % runs);
    const record = JSON.parse(
      readFileSync(join(served, name, "metrics.jsonl"), "utf8").split("\n")[0],
    );
    appendFileSync(
      join(served, name, "metrics.jsonl"),
      `${JSON.stringify({ ...record, step: 21 + i })}\n`,
    );
    const seen = await askUntil(version, (list) =>
      list.runs.some((run) => run.name === name && run.last?.step === 21 + i),
    );
    changed.push(seen);
    version = seen.version;
  }
  /** Seconds of processor time that the server has taken. */
  const processorTime = () => {
    const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  };
  await pause(65_000);
  const atRest = processorTime();
  await pause(60_000);
  const asked = processorTime();
  for (let second = 0; second < 60; second++) {
    const { ms, version: next } = await ask(version);
    version = next;
    await pause(Math.max(0, 1000 - ms));
  }
  const after = processorTime();
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))[1];
  const round = (ms) => Math.round(ms * 10) / 10;
  const middle = (all) => all.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(all.length / 2)];
  const result = {
    command: `node apps/cli/scripts/served-runs.mjs ${runs}`,
    date: new Date().toISOString().slice(0, 10),
    machine: { node: process.versions.node, processors: availableParallelism(), load: loadavg() },
    runs,
    first: {
      secondsToFirstAnswer: round(firstAnswer.ms / 1000),
      secondsUntilWhole: round(untilWhole / 1000),
      bytes: whole.bytes,
    },
    wholeListAgainMs: round(again.ms),
    unchangedPoll: {
      medianMs: round(middle(polls)),
      maxMs: round(Math.max(...polls.map(({ ms }) => ms))),
      bytes: polls[0].bytes,
    },
    oneChange: {
      medianMs: round(middle(changed)),
      maxMs: round(Math.max(...changed.map(({ ms }) => ms))),
      bytes: changed[0].bytes,
    },
    processorSecondsPerMinute: {
      withoutRequests: round(asked - atRest),
      onePollASecond: round(after - asked),
    },
    residentMiB: Math.round(Number(memory) / 1024),
  };
  if (runs >= 10_000)
    writeFileSync(join(root, "results/served-runs.json"), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  server.kill();
  rmSync(folder, { recursive: true });
}
