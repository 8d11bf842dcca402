import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackendReport } from "@grok/backend";
import { resolveExperiment } from "@grok/train";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TestProcessEnv } from "../../test/process-env";
import { chooseBackend } from "./choose-backend";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-choose-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Parts that only note what is asked of them. */
function parts(hasGpu: boolean, speeds: Record<string, number>) {
  const asked: string[] = [];
  let current = "";
  const reports: BackendReport[] = [
    { name: "webgpu", available: hasGpu, reason: "WebGPU on a test is here." },
    { name: "wasm", available: true, reason: "WebAssembly is here." },
  ];
  return {
    asked,
    list: async () => reports,
    start: async (name: string) => {
      current = name === "auto" ? "wasm" : name;
      asked.push(`start ${name}`);
      return { name: current as "wasm", threads: 1, simd: undefined, reason: "" };
    },
    measure: async () => {
      asked.push(`measure ${current}`);
      const speed = speeds[current];
      if (speed === undefined) throw new Error("it cannot train this");
      return speed;
    },
  };
}

function processEnv(): TestProcessEnv {
  const made = new TestProcessEnv();
  Object.assign(made.env, { XDG_CACHE_HOME: folder });
  return made;
}

const small = resolveExperiment({ preset: "mlp" });
const large = resolveExperiment({ preset: "mlx" });

it("starts what is asked for, and wasm if there is no adapter, without measuring", async () => {
  const gpu = parts(true, {});
  const asked = await chooseBackend({ ...small, backend: "cpu" }, processEnv(), gpu);
  expect(asked.choice).toBeUndefined();
  expect(gpu.asked).toEqual(["start cpu"]);
  const none = parts(false, {});
  expect((await chooseBackend(small, processEnv(), none)).choice).toBeUndefined();
  expect(none.asked).toEqual(["start auto"]);
});

it("takes the faster one, says why, and remembers it for this shape alone", async () => {
  const first = parts(true, { webgpu: 100, wasm: 300 });
  const { backend, choice } = await chooseBackend(small, processEnv(), first);
  expect(backend.name).toBe("wasm");
  expect(choice).toMatch(/^300 steps\/s on wasm against 100 on webgpu, measured now$/);
  const again = parts(true, { webgpu: 900, wasm: 1 });
  const remembered = await chooseBackend({ ...small, seed: 7 }, processEnv(), again);
  expect(remembered.choice).toMatch(/on wasm against 100 on webgpu, measured on \d{4}-\d\d-\d\d$/);
  expect(again.asked).toEqual(["start wasm"]);
  const other = parts(true, { webgpu: 900, wasm: 20 });
  expect((await chooseBackend(large, processEnv(), other)).backend.name).toBe("webgpu");
});

it("leaves out one that fails, and measures again where the cache is damaged", async () => {
  const file = join(folder, "grok", "speeds.json");
  expect(JSON.parse(await readFile(file, "utf8"))).toBeTypeOf("object");
  await writeFile(file, '{"cut off');
  const broken = parts(true, { wasm: 20 });
  const { backend, choice } = await chooseBackend(large, processEnv(), broken);
  expect(backend.name).toBe("wasm");
  expect(choice).toMatch(/^20\S* steps\/s on wasm, measured now$/);
});
