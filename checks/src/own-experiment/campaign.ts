// Does an experiment of somebody's own as a user would, with the built command: trains it, kills and
// resumes it and compares the bytes, sweeps 5 seeds on two workers of a queue, analyses and plots it,
// and opens the page on it. Prints the lines that it takes and the time of each stage; with --record
// it writes them to results/own-experiment.json.
//
//   node checks/src/own-experiment/campaign.ts [NAME...] [--steps N] [--pictures DIR] [--record]
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { Command, freePort } from "./command.ts";
import { bareLines, type Example, examples, lineCount } from "./example.ts";
import { lookAt } from "./look-at.ts";
import { type Outcome, record, type Stage, stages } from "./record.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "string", default: "600" },
    pictures: { type: "string" },
    record: { type: "boolean", default: false },
  },
});
const chosen = examples.filter(
  ({ name }) => positionals.length === 0 || positionals.includes(name),
);
if (values.pictures !== undefined) await mkdir(values.pictures, { recursive: true });
const outcomes: Outcome[] = [];
for (const example of chosen) outcomes.push(await campaign(example));
if (values.record) await record(Number(values.steps), outcomes);

async function campaign(example: Example): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), `grok-own-${example.name}-`));
  const grok = new Command(folder);
  const use = example.file === null ? [] : ["--use", example.file];
  const run = [...use, ...example.flags, "--steps", values.steps, "--backend", "wasm"];
  const short = [...run, "--threads", "1", "--checkpoint-every", "100", "--no-plots"];
  const lines = await lineCount(example);
  console.log(`${example.name}: ${lines} lines`);
  const seconds = new Map<Stage | "bare loop", number>();
  const step = async <T>(what: Stage | "bare loop", work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work();
    seconds.set(what, Math.round((performance.now() - began) / 100) / 10);
    console.log(`  ${what}: ${seconds.get(what)?.toFixed(1)} s`);
    return result;
  };
  const data = Object.keys(example.data ?? {});
  for (const name of data) await writeFile(join(folder, name), example.data?.[name] ?? "");
  const bring = [...use, ...data.flatMap((name) => ["--data", name])];
  try {
    await step("bare loop", () => grok.run(...example.bareLoop, values.steps));
    await step("train", () => grok.run("train", ...short, "--out-dir", "whole"));
    await step("kill and resume", async () => {
      const killed = grok.start("train", ...short, "--out-dir", "killed");
      await checkpointIn(join(folder, "killed"), killed);
      killed.kill("SIGKILL");
      await once(killed, "close");
      await grok.run("resume", "killed", ...use, "--no-plots");
    });
    await compare(join(folder, "whole"), join(folder, "killed"));
    await step("sweep 5 seeds", () => swept(grok, bring, run));
    await step("analyze", () => grok.run("analyze", "whole", ...use, "--checkpoints", "2"));
    await step("plot", () => grok.run("plot", "whole", ...use));
    const plots = await readdir(join(folder, "whole/plots"));
    console.log(`  figures: ${plots.filter((name) => name.endsWith(".png")).join(", ")}`);
    const picture =
      values.pictures === undefined ? null : join(values.pictures, `${example.name}.png`);
    const seen = await step("open the page", () => lookAt(grok, use, "whole", picture));
    console.log(`  the page says: ${seen}`);
    return {
      name: example.name,
      extension_lines: lines,
      // A file's place differs from machine to machine.
      flags: [
        ...(example.file === null ? [] : ["--use", basename(example.file)]),
        ...example.flags,
      ],
      bare_loop_lines: await bareLines(example),
      bare_loop_seconds: seconds.get("bare loop") ?? 0,
      same_bytes_after_kill: true,
      figures: plots.filter((name) => name.endsWith(".png")).length,
      seconds: Object.fromEntries(
        stages.map((stage) => [stage, seconds.get(stage) ?? 0]),
      ) as Record<Stage, number>,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Waits until a run has a checkpoint, at most two minutes. */
async function checkpointIn(folder: string, child: { exitCode: number | null }): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    const names = await readdir(join(folder, "checkpoints")).catch(() => []);
    if (names.some((name) => name.endsWith(".safetensors"))) return;
    if (child.exitCode !== null) throw new Error("The run ended before it could be killed.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The run had no checkpoint within two minutes.");
}

/** Compares the last weights and the metrics of two runs, except for the times. */
async function compare(whole: string, resumed: string): Promise<void> {
  const last = async (folder: string) => {
    const name = (await readdir(join(folder, "checkpoints"))).sort().at(-1) ?? "";
    return tensorsOf(await readFile(join(folder, "checkpoints", name)));
  };
  const metrics = async (folder: string) =>
    (await readFile(join(folder, "metrics.jsonl"), "utf8")).replace(/"elapsed_sec":[\d.]+,?/g, "");
  if (!(await last(whole)).equals(await last(resumed))) throw new Error("The weights differ.");
  if ((await metrics(whole)) !== (await metrics(resumed))) throw new Error("The metrics differ.");
  console.log("  the same bytes: weights, optimizer state, metrics");
}

/** The tensors of a safetensors file, whose header has times. */
function tensorsOf(file: Buffer): Buffer {
  return file.subarray(8 + Number(file.readBigUInt64LE(0)));
}

/** Sweeps 5 seeds on two workers, which bring what a queue does not carry: extensions and data. */
async function swept(grok: Command, bring: string[], run: string[]): Promise<void> {
  const port = await freePort();
  const redis = grok.start("redis-server", "--port", `${port}`, "--save", "", "--appendonly", "no");
  const queue = ["--queue", `redis://127.0.0.1:${port}`];
  const workers = [1, 2].map(() =>
    grok.start("worker", ...queue, ...bring, "--jobs", "1", "--threads", "1"),
  );
  try {
    await grok.run("sweep", ...queue, ...run, "--seeds", "0..4", "--out-dir", "sweep");
    const { runs } = JSON.parse(await readFile(join(grok.folder, "sweep/sweep.json"), "utf8"));
    const states = (runs as { state: string }[]).map(({ state }) => state);
    if (states.length !== 5 || states.some((state) => !/grokked|finished/.test(state))) {
      throw new Error(`The runs are ${states.join(", ")}.`);
    }
    console.log(`  runs: ${states.join(", ")}`);
  } finally {
    for (const child of [...workers, redis]) child.kill("SIGTERM");
    await Promise.all(
      [...workers, redis].map(async (child) => {
        if (child.exitCode === null) await once(child, "close");
      }),
    );
  }
}
