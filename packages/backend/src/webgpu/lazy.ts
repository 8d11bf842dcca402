import type { WebgpuHost } from "./host";
import type { WebgpuOptions } from "./start";

/**
 * Starts our programs on tfjs's backend `webgpu`, and makes that the current one; loads them first, as
 * most runs need none of it. Where it runs already nothing changes; after a failure of the device there
 * is a new one, and tensors of the old one are lost.
 *
 * @throws RangeError if there is no adapter, or only one in software and that is not allowed
 */
export async function startWebgpu(options: WebgpuOptions = {}): Promise<WebgpuHost> {
  const start = await import("./start");
  return start.startWebgpu(options);
}
