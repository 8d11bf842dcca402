import { describeBackend } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { version } from "../package.json";
import { hasRelaxedSimd, hasSimd } from "./wasm/features";
import { MemoryError } from "./wasm/memory-error";
import { startWasm, stopWasm, type WasmOptions } from "./wasm/start";
import type { Simd } from "./wasm/variant";
import { findAdapter, refusal } from "./webgpu/adapter";
import { stopDevice } from "./webgpu/device";

/** The backends that `useBackend` knows. */
export const backendNames = ["webgpu", "wasm", "cpu"] as const;

/** A backend's name in tfjs. */
export type BackendName = (typeof backendNames)[number];

/** Options of `useBackend`: the first concerns backend `webgpu`, the others backend `wasm`. */
export interface BackendOptions extends WasmOptions {
  /** Whether a graphics adapter that computes on the processor will do; default: GROK_WEBGPU=software. */
  allowSoftware?: boolean;
}

/** What `useBackend` chose. */
export interface BackendChoice {
  name: BackendName;
  /** How many threads compute. */
  threads: number;
  /** The kernels' SIMD; undefined if there is none. */
  simd: Simd | undefined;
  /** The graphics adapter, of backend `webgpu`. */
  adapter?: string;
  /** Why this one, in a sentence. */
  reason: string;
  /** What is less than it could be, and why, for users: a sentence. */
  notice?: string;
}

/** Whether a backend can be used here. */
export interface BackendReport {
  name: BackendName;
  available: boolean;
  /** What it has, or why it is not available, in a sentence. */
  reason: string;
}

/** What is here. */
export async function listBackends({
  allowSoftware,
}: Pick<BackendOptions, "allowSoftware"> = {}): Promise<BackendReport[]> {
  return [await webgpuReport(allowSoftware), wasmReport(), cpuReport];
}

const cpuReport: BackendReport = {
  name: "cpu",
  available: true,
  reason: "Plain JavaScript runs everywhere, slowly.",
};

function wasmReport(): BackendReport {
  if (!hasSimd()) {
    return { name: "wasm", available: false, reason: "WebAssembly with SIMD is not here." };
  }
  return {
    name: "wasm",
    available: true,
    reason: hasRelaxedSimd()
      ? "WebAssembly with relaxed SIMD is here."
      : "WebAssembly with SIMD is here; relaxed SIMD, which is faster, is not.",
  };
}

async function webgpuReport(allowSoftware?: boolean): Promise<BackendReport> {
  const found = await findAdapter();
  if (found.adapter === undefined) {
    return { name: "webgpu", available: false, reason: found.missing };
  }
  const against = refusal(found, allowSoftware);
  if (against !== undefined) return { name: "webgpu", available: false, reason: against };
  return { name: "webgpu", available: true, reason: `WebGPU on ${found.name} is here.` };
}

/**
 * Makes a backend the current one of tfjs, with the fast kernels that we have for it.
 *
 * `auto` is wasm where that is available, and cpu elsewhere: whether webgpu is faster depends on the
 * network and has to be measured. May be called again, also with other settings: on `wasm` tensors
 * stay where they are.
 *
 * @throws RangeError for an unknown or unavailable backend, or settings that it does not have here;
 *   MemoryError where the machine does not give the memory that wasm needs (`auto` then takes cpu)
 */
export async function useBackend(
  name: BackendName | "auto",
  options: BackendOptions = {},
): Promise<BackendChoice> {
  if (name !== "auto" && !backendNames.includes(name)) {
    throw new RangeError(
      `backend ${name} is unknown; ${backendNames.join(", ")} and auto are allowed`,
    );
  }
  // An adapter is only looked for where it is asked for, as that takes time.
  const others = [wasmReport(), cpuReport].filter(({ available }) => available);
  const report =
    name === "auto"
      ? (others[0] as BackendReport)
      : name === "webgpu"
        ? await webgpuReport(options.allowSoftware)
        : ([wasmReport(), cpuReport].find((each) => each.name === name) as BackendReport);
  if (!report.available) {
    const available = others.map((each) => each.name).join(", ");
    throw new RangeError(
      `backend ${name} is not available: ${report.reason} Available: ${available}.`,
    );
  }
  const reason = name === "auto" ? `The best that is here. ${report.reason}` : "Asked for.";
  if (report.name === "wasm") {
    try {
      const host = await startWasm(options);
      const { threads, simd, notice } = host;
      const whole = host.reason === undefined ? reason : `${reason} ${host.reason}`;
      return { name: "wasm", threads, simd, reason: whole, ...(notice && { notice }) };
    } catch (error) {
      if (!(error instanceof MemoryError) || name !== "auto") throw error;
      const notice = `${error.message} The slower backend cpu computes instead.`;
      return { ...(await useCpu()), reason: notice, notice };
    }
  }
  if (report.name === "webgpu") {
    // Only now: most runs need none of it.
    const { startWebgpu } = await import("./webgpu/start");
    const { adapterName } = await startWebgpu(options);
    await stopWasm();
    return { name: "webgpu", threads: 1, simd: undefined, adapter: adapterName, reason };
  }
  return { ...(await useCpu()), reason };
}

async function useCpu(): Promise<Omit<BackendChoice, "reason"> & { name: "cpu" }> {
  await stopWasm();
  const { version_cpu } = await import("@tensorflow/tfjs-backend-cpu");
  await tf.setBackend("cpu");
  const versions = { "@grok/backend": version, "@tensorflow/tfjs-backend-cpu": version_cpu };
  describeBackend({ versions, threads: 1 });
  return { name: "cpu", threads: 1, simd: undefined };
}

/**
 * Ends the workers of the kernels and gives the graphics device back, if any. Tensors of wasm and cpu
 * stay readable; `useBackend` starts them again.
 */
export async function stopBackend(): Promise<void> {
  await stopWasm();
  await stopDevice();
}
