import { environmentVariable, inNode, nodeModule } from "../wasm/environment";
import { hasVulkanLoader } from "./vulkan";

/** What `webgpu`, the package that brings Dawn to Node, exports. */
interface DawnModule {
  create(flags: string[]): GPU;
  globals: Record<string, unknown>;
}

/** A graphics adapter, or a sentence that says why there is none and how to get one. */
export type AdapterSearch =
  | { adapter: GPUAdapter; name: string; isSoftware: boolean }
  | { adapter?: undefined; missing: string };

let gpuOfNode: GPU | undefined;

/** The browser's GPU, or Dawn's in Node; what is missing, in a sentence, where there is neither. */
async function findGpu(): Promise<GPU | string> {
  if (!inNode) {
    const { gpu } = globalThis.navigator as { gpu?: GPU };
    return gpu ?? "This browser has no WebGPU.";
  }
  if (gpuOfNode !== undefined) return gpuOfNode;
  const missing = await hasVulkanLoader();
  if (missing !== undefined) return missing;
  let dawn: DawnModule;
  try {
    dawn = await nodeModule<DawnModule>("webgpu");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ERR_MODULE_NOT_FOUND"
      ? "Node needs the package webgpu for it: npm install webgpu."
      : `The package webgpu could not be loaded: ${message.split("\n")[0]}.`;
  }
  Object.assign(globalThis, dawn.globals);
  gpuOfNode = dawn.create([]);
  // tfjs looks for it before it makes a backend. Node 20 has no navigator.
  const navigator = globalThis.navigator ?? {};
  Object.defineProperty(navigator, "gpu", { value: gpuOfNode, configurable: true });
  if (globalThis.navigator === undefined) {
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  }
  return gpuOfNode;
}

/** Looks for the fastest adapter. A new one each time: one gives a single device. */
export async function findAdapter(): Promise<AdapterSearch> {
  const gpu = await findGpu();
  if (typeof gpu === "string") return { missing: gpu };
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) {
    return {
      missing: inNode
        ? "No graphics adapter was found; a GPU and its driver (on Linux, for Vulkan) are needed."
        : "This browser has WebGPU but no graphics adapter for it.",
    };
  }
  const { info } = adapter;
  const words = [info.vendor, info.architecture, info.device, info.description].filter(Boolean);
  const isSoftware =
    info.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(words.join(" "));
  const name = info.description || words.join(" ") || "an adapter without a name";
  return { adapter, name: isSoftware ? `${name} (software)` : name, isSoftware };
}

/** Whether a software adapter is wanted: GROK_WEBGPU=software in the environment. */
function softwareByEnvironment(): boolean {
  const asked = environmentVariable("GROK_WEBGPU") || "hardware";
  if (asked !== "hardware" && asked !== "software") {
    throw new RangeError(`GROK_WEBGPU is ${asked}; hardware and software are allowed`);
  }
  return asked === "software";
}

/** What stands in the way of an adapter that was found; undefined if nothing does. */
export function refusal(
  { name, isSoftware }: { name: string; isSoftware: boolean },
  allowSoftware = softwareByEnvironment(),
): string | undefined {
  if (!isSoftware || allowSoftware) return undefined;
  return `The only adapter here, ${name}, computes on the processor, slower than wasm does; GROK_WEBGPU=software takes it all the same.`;
}
