import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { fileURLToPath } from "node:url";
import type { Worker, WorkerOptions } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs-core";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Op } from "./op";
import { startWasm, stopWasm } from "./start";
import { startTeam } from "./team";

/** The module itself, whose `Worker` can be replaced, rather than a view of it. */
const threads = createRequire(import.meta.url)("node:worker_threads") as {
  Worker: new (source: string, options: WorkerOptions) => Worker;
};

afterAll(stopWasm);

test("workers that never get ready are an error, and are ended", async () => {
  const original = threads.Worker;
  const ended: number[] = [];
  threads.Worker = class extends original {
    constructor(_: string, options: WorkerOptions) {
      super("setInterval(() => {}, 1000)", { ...options, workerData: null });
      this.on("exit", (code) => ended.push(code));
    }
  };
  syncBuiltinESMExports();
  try {
    const setup = {
      module: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
      memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }),
      block: 0,
      threads: 3,
      onDeath: () => {},
    };
    await expect(startTeam(setup, 50)).rejects.toThrow(/did not start within 0.05 s/);
    expect(ended).toHaveLength(2);
  } finally {
    threads.Worker = original;
    syncBuiltinESMExports();
  }
});

describe("a worker that dies ends the job with an error, soon", () => {
  const original = threads.Worker;
  const started: Worker[] = [];

  beforeAll(() => {
    threads.Worker = class extends original {
      constructor(source: string, options: WorkerOptions) {
        super(source, options);
        started.push(this);
      }
    };
    syncBuiltinESMExports();
  });

  afterEach(() => {
    started.length = 0;
  });

  afterAll(() => {
    threads.Worker = original;
    syncBuiltinESMExports();
  });

  test("when it traps in a kernel", async () => {
    const host = await startWasm({ threads: 2 });
    // Of two segments thread 1 has the second one, which lies behind the memory's end.
    const end = host.memory.buffer.byteLength - 4;
    expect(() => host.run(Op.SegmentSum, [0, 0, end, 0, 1, 2])).toThrow(
      /thread 1 has died in kernel SegmentSum.*useBackend/,
    );
    expect(() => host.run(Op.Nothing, [])).toThrow(/thread 1 has died/);
  });

  test("when the main thread's own part traps, and another waits for it", async () => {
    const host = await startWasm({ threads: 2 });
    const outside = host.memory.buffer.byteLength + 65536;
    expect(() => host.run(Op.SegmentSum, [0, 0, outside, 0, 1, 2])).toThrow(/in kernel SegmentSum/);
  });

  test("when it is gone before the job", async () => {
    const host = await startWasm({ threads: 2 });
    await started[0]?.terminate();
    expect(() => host.run(Op.Nothing, [])).toThrow(/thread 1 has died; start them again/);
    expect(host.broken).toBeInstanceOf(Error);
  });

  test("when it goes while the main thread never looks up", async () => {
    const host = await startWasm({ threads: 2, patience: 300 });
    void started[0]?.terminate();
    const until = performance.now() + 20_000;
    expect(() => {
      while (performance.now() < until) host.run(Op.Nothing, []);
    }).toThrow(/a thread has failed or hangs in kernel Nothing/);
  });

  test("and the kernels can be started again, on the same tensors", async () => {
    const before = await startWasm({ threads: 2 });
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    await started[0]?.terminate();
    expect(() => tf.matMul(x, x)).not.toThrow(TypeError);
    const host = await startWasm({ threads: 2 });
    expect(host).toBe(before);
    expect(host.broken).toBeUndefined();
    const product = tf.matMul(x, x);
    expect(Array.from(product.dataSync())).toEqual([7, 10, 15, 22]);
    tf.dispose([x, product]);
  });
});

test("an idle team uses no processor", async () => {
  const host = await startWasm({ threads: 3 });
  host.run(Op.Nothing, []);
  // Behind the time in which workers still watch for the next job.
  await sleep(100);
  const before = process.cpuUsage();
  await sleep(600);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(200);
});

test("a team hears every job once, and none of those that the main thread does alone", async () => {
  const host = await startWasm({ threads: 3, teamWork: 1 });
  const ids = tf.tensor1d(
    Int32Array.from({ length: 60 }, (_, i) => i % 30),
    "int32",
  );
  const x = tf.ones([60, 2]);
  for (let i = 0; i < 2000; i++) {
    // Some jobs for the team (work 120), some for the main thread (work 0).
    host.run(Op.Nothing, [], [], i % 3 === 0 ? 0 : 120);
    const sums = tf.unsortedSegmentSum(x, ids, 30);
    if (i % 100 === 0) expect(Array.from(sums.dataSync())).toEqual(Array(60).fill(2));
    sums.dispose();
  }
  tf.dispose([ids, x]);
});

test("refuses more arguments than there is room for", async () => {
  const host = await startWasm({ threads: 1 });
  expect(() => host.run(Op.Nothing, Array<number>(9000).fill(0))).toThrow(
    "kernel Nothing got 9000 arguments, 8192 are allowed",
  );
});

test("a process with threads running ends by itself", async () => {
  const folder = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));
  const outfile = `${folder}team-test-${process.pid}.mjs`;
  await mkdir(folder, { recursive: true });
  await build({
    stdin: {
      contents: `
        import * as tf from "@tensorflow/tfjs-core";
        import { useBackend } from "./use-backend";
        const { threads } = await useBackend("wasm", { threads: 3 });
        const x = tf.ones([200, 200]);
        for (let i = 0; i < 20; i++) tf.matMul(x, x).dispose();
        console.log(threads, tf.matMul(x, x).dataSync()[0], typeof Worker, process.listenerCount("uncaughtException"));
      `,
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@grok/source"],
    external: ["@tensorflow/*"],
    outfile,
    logLevel: "silent",
  });
  try {
    const child = spawn(process.execPath, [outfile], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
    });
    const hangs = setTimeout(() => child.kill("SIGKILL"), 30_000);
    const status = await new Promise((resolve) => child.once("exit", resolve));
    clearTimeout(hangs);
    expect(status).toBe(0);
    // Nothing of tfjs's own start-up is left behind: no global Worker, no listeners.
    expect(output.trim()).toBe("3 200 undefined 0");
  } finally {
    await rm(outfile, { force: true });
  }
});

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
