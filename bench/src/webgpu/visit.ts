// All that is measured on a machine with a GPU that is at hand for minutes, and may have no network:
//   node bench/src/webgpu/visit.ts [--minutes 8] [--json FILE] [--python FILE] [--software]
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { showSoftwareAdapter } from "../../../packages/backend/scripts/software-adapter.mjs";
import { type Machine, machine } from "../machine.ts";
import { UsageError } from "../options.ts";
import type { Adapter, Answer } from "../protocol.ts";
import { type Part, partsOf } from "./visit-parts.ts";

/** How the operations on the device compare with their reference forms on cpu. */
export interface Conformance {
  /** Of each operation. */
  samples: number;
  /** The largest relative difference that programs on a graphics device may have. */
  tolerance: number;
  operations: Record<string, { largest: number; where: string; agrees: boolean }>;
}

/** What a part of the visit came to. */
interface Outcome {
  name: string;
  seconds: number;
  /** Null if it failed or there was no time for it. */
  result: unknown;
  /** Why there is no result: a sentence. */
  reason: string | null;
}

/** The file that a visit leaves. */
interface Visit {
  date: string;
  command: string;
  machine: Machine;
  /** Null if there is none. */
  adapter: Adapter | null;
  minutes: number;
  parts: Outcome[];
}

const help = `What is measured on a machine with a GPU within some minutes, into one file: the operations against
their reference forms, dispatches, device times and steps per second of ours, stock TensorFlow.js and
PyTorch (eager and as a CUDA graph), and the main job over three seeds.

  --minutes N    the longest that it takes (default: 8); parts that there is no time for are named
  --json FILE    where the result goes (default: webgpu-visit.json)
  --python FILE  a Python that has PyTorch with CUDA (default: python3)
  --software     take the software adapter of Debian's Chromium, which tells counts and no speeds
  --help         this text
`;

/** What the command line asks for. */
interface VisitOptions {
  minutes: number;
  json: string;
  python: string | undefined;
  software: boolean;
}

/** @throws UsageError in a sentence, for what is unknown or not allowed */
function readOptions(): VisitOptions | "help" {
  const { values } = parse();
  if (values.help) return "help";
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) {
    throw new UsageError(`--minutes must be a number above 0, not "${values.minutes}".`);
  }
  const { python, software } = values;
  return { minutes, json: resolve(values.json), python, software };
}

function parse() {
  try {
    return parseArgs({
      options: {
        minutes: { type: "string", default: "8" },
        json: { type: "string", default: "webgpu-visit.json" },
        python: { type: "string" },
        software: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    // Node's own first sentence names the flag.
    throw new UsageError(`${(error as Error).message.split(/\.\s/)[0]}; --help lists the flags.`);
  }
}

/** Runs a script of this folder; its answer is the last line that it writes, or a file of its own. */
async function runPart({ script, args, answers }: Part, milliseconds: number): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "grok-visit-"));
  const file = join(folder, "result.json");
  const given = answers === "file" ? [...args, "--json", file] : args;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ["--no-warnings", path, ...given], {
    stdio: ["ignore", "pipe", "pipe"],
    // So that whatever it has started ends with it.
    detached: process.platform !== "win32",
  });
  let [written, complaints] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    written += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  let isLate = false;
  const end = () => {
    isLate = true;
    try {
      process.kill(
        process.platform === "win32" ? (child.pid as number) : -(child.pid as number),
        "SIGKILL",
      );
    } catch {
      // It has ended by itself.
    }
  };
  const timer = setTimeout(end, milliseconds);
  try {
    const status = await new Promise<number | null>((done, failed) => {
      child.on("error", failed);
      child.on("close", done);
    });
    if (isLate) throw new Error(`It did not end within ${Math.round(milliseconds / 1000)} s.`);
    if (answers === "file") return JSON.parse(readFileSync(file, "utf8"));
    const answer = JSON.parse(written.trim().split("\n").at(-1) || "null") as Answer | null;
    if (answer === null) throw new Error(`It ended with status ${status}: ${complaints.trim()}`);
    if ("error" in answer) throw new Error(answer.error);
    return answer.ok;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? complaints : "";
    throw reason === "" ? error : new Error(reason.trim().split("\n").at(-1));
  } finally {
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Measures part by part; the exit status is 1 if one failed. */
async function measure({ minutes, json, python, software }: VisitOptions): Promise<number> {
  if (software) showSoftwareAdapter();
  const end = performance.now() + minutes * 60_000;
  const visit: Visit = {
    date: new Date().toISOString(),
    command: ["visit.ts", ...process.argv.slice(2)].join(" "),
    machine: machine(),
    adapter: null,
    minutes,
    parts: [],
  };
  // After each part, so that what was measured is kept whatever comes.
  const keep = () => writeFileSync(json, `${JSON.stringify(visit, null, 1)}\n`);
  keep();
  const find: Part = { name: "adapter", script: "find-adapter.ts", args: [], answers: "line" };
  visit.adapter = (await runPart(find, 60_000)) as Adapter;
  let failed = 0;
  for (const part of partsOf(visit.adapter.isSoftware, python)) {
    const start = performance.now();
    const outcome: Outcome = { name: part.name, seconds: 0, result: null, reason: null };
    if (end - start < 1000) outcome.reason = "There was no time left for it.";
    else {
      process.stderr.write(`${part.name} …\n`);
      try {
        outcome.result = await runPart(part, end - start);
      } catch (error) {
        outcome.reason = (error as Error).message;
        failed++;
      }
    }
    outcome.seconds = Math.round((performance.now() - start) / 100) / 10;
    visit.parts.push(outcome);
    keep();
    process.stderr.write(`${part.name}: ${outcome.reason ?? `${outcome.seconds} s`}\n`);
  }
  process.stderr.write(`wrote ${json}\n`);
  return failed === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  try {
    const options = readOptions();
    if (options !== "help") return await measure(options);
    process.stdout.write(help);
    return 0;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const text = code === undefined ? message : `The result cannot be written: ${message}`;
    process.stderr.write(`measure: ${text}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main();
