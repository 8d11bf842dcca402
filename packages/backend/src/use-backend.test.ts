import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect, test, vi } from "vitest";
import { type BackendName, listBackends, stopBackend, useBackend } from "./index";
import { hasRelaxedSimd } from "./wasm/features";
import { MemoryError } from "./wasm/memory-error";

afterAll(stopBackend);

/** 7 8 9 · a matrix, on whatever backend is current. */
function product(): number[] {
  return tf.tidy(() =>
    Array.from(
      tf.matMul(tf.tensor2d([7, 8, 9], [1, 3]), tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])).dataSync(),
    ),
  );
}

test("importing it starts nothing", () => {
  expect(tf.engine().registryFactory).toEqual({});
});

test("auto is wasm, with wide or relaxed SIMD where the engine has it", async () => {
  const choice = await useBackend("auto", { threads: 2 });
  expect(choice).toMatchObject({
    name: "wasm",
    threads: 2,
    // Whether wide is faster here is measured.
    simd: hasRelaxedSimd() ? expect.stringMatching(/^(wide|relaxed)$/) : "plain",
  });
  if (hasRelaxedSimd()) expect(choice.reason).toMatch(/256-bit/);
  expect(tf.getBackend()).toBe("wasm");
  expect(product()).toEqual([76, 100]);
});

test("GROK_SIMD is what auto would choose, and an option goes before it", async () => {
  vi.stubEnv("GROK_SIMD", "plain");
  try {
    expect((await useBackend("wasm", { threads: 1 })).simd).toBe("plain");
    if (hasRelaxedSimd()) {
      expect((await useBackend("wasm", { threads: 1, simd: "relaxed" })).simd).toBe("relaxed");
    }
    vi.stubEnv("GROK_SIMD", "fast");
    await expect(useBackend("wasm", { threads: 1 })).rejects.toThrow(/GROK_SIMD is fast/);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("other settings start the kernels again and leave tensors where they are", async () => {
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  for (const [threads, simd] of [
    [1, "plain"],
    [3, "plain"],
    [2, "auto"],
  ] as const) {
    expect((await useBackend("wasm", { threads, simd })).threads).toBe(threads);
    const square = tf.matMul(x, x);
    expect(Array.from(square.dataSync())).toEqual([7, 10, 15, 22]);
    square.dispose();
  }
  await expect(useBackend("wasm", { shared: false })).rejects.toThrow(/1 tensors/);
  x.dispose();
  expect((await useBackend("wasm", { shared: false })).threads).toBe(1);
  expect(product()).toEqual([76, 100]);
});

test("cpu, and back", async () => {
  expect(await useBackend("cpu")).toMatchObject({ name: "cpu", threads: 1, simd: undefined });
  expect(tf.getBackend()).toBe("cpu");
  expect(product()).toEqual([76, 100]);
  await useBackend("wasm", { threads: 1 });
  expect(product()).toEqual([76, 100]);
});

test("a stopped backend says so, and starts again", async () => {
  await useBackend("wasm", { threads: 2 });
  await stopBackend();
  expect(product).toThrow(/stopped/);
  await useBackend("wasm", { threads: 2 });
  expect(product()).toEqual([76, 100]);
});

test("the memory grows under the kernels", async () => {
  await useBackend("wasm", { threads: 2 });
  tf.tidy(() => {
    const ones = tf.ones([1, 1000]) as tf.Tensor2D;
    // 160 MB, ten times what the memory starts with.
    const sums = Array.from({ length: 40 }, () =>
      tf.matMul(ones, tf.ones([1000, 1000]) as tf.Tensor2D),
    );
    for (const sum of sums) expect(sum.dataSync()[999]).toBe(1000);
  });
});

test("what is not there is refused in one sentence", async () => {
  await expect(useBackend("webgpu")).rejects.toThrow(
    /^backend webgpu is not available: .*Available: wasm, cpu\.$/,
  );
  await expect(useBackend("gpu" as BackendName)).rejects.toThrow(/^backend gpu is unknown/);
  await expect(useBackend("wasm", { threads: 0 })).rejects.toThrow(/^threads is 0; a whole number/);
  await expect(useBackend("wasm", { threads: 1.5 })).rejects.toThrow(/^threads is 1.5/);
  await expect(useBackend("wasm", { threads: 2, shared: false })).rejects.toThrow(
    /only 1 is allowed/,
  );
});

test("lists what is here, and why the rest is not", async () => {
  const reports = await listBackends();
  expect(reports.map(({ name, available }) => [name, available])).toEqual([
    ["webgpu", false],
    ["wasm", true],
    ["cpu", true],
  ]);
  for (const { reason } of reports) expect(reason).toMatch(/^[A-Z].*\.$/);
});

test("auto computes on cpu, and says why, if WebAssembly gets no memory", async () => {
  await stopBackend();
  if (tf.findBackend("wasm") !== null) tf.removeBackend("wasm");
  const { Memory } = WebAssembly;
  vi.spyOn(WebAssembly, "Memory").mockImplementation(function (this: unknown, descriptor) {
    if (descriptor?.shared) throw new RangeError("WebAssembly.Memory(): could not allocate memory");
    return new Memory(descriptor);
  });
  try {
    await expect(useBackend("wasm", { threads: 1, simd: "plain" })).rejects.toThrow(MemoryError);
    const { name, notice } = await useBackend("auto", { threads: 1, simd: "plain" });
    expect(name).toBe("cpu");
    expect(notice).toMatch(
      /^WebAssembly does not get .* The slower backend cpu computes instead\.$/,
    );
    expect(product()).toEqual([76, 100]);
  } finally {
    vi.restoreAllMocks();
  }
});
