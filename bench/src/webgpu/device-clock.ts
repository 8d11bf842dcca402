import { after, before } from "./intercept.ts";

/** Times that a set of queries holds: WebGPU's limit. */
const maxTimes = 4096;

/** Times of the beginning and the end of passes. */
interface Times {
  device: GPUDevice;
  queries: GPUQuerySet;
  used: number;
}

/**
 * How long devices compute, by their own clocks: every compute pass, of any library, notes when
 * it began and ended, if the device has `timestamp-query`. Browsers and Dawn round these times (to
 * .1 ms or less), up and down alike.
 */
export class DeviceClock {
  readonly #devices = new WeakMap<GPUCommandEncoder, GPUDevice>();
  #times: Times[] = [];
  #isRunning = false;

  /** To be made before the first encoder is. */
  constructor() {
    after(GPUDevice.prototype, "createCommandEncoder", (encoder, device) => {
      this.#devices.set(encoder as GPUCommandEncoder, device);
    });
    before(GPUCommandEncoder.prototype, "beginComputePass", (args, encoder) => {
      const timestampWrites = this.#isRunning ? this.#writes(encoder) : undefined;
      if (timestampWrites !== undefined) args[0] = { ...(args[0] as object), timestampWrites };
    });
  }

  start(): void {
    this.#isRunning = true;
  }

  /** Seconds that passes took since the start, all together; null if no device tells. */
  async stop(): Promise<number | null> {
    this.#isRunning = false;
    const all = this.#times;
    this.#times = [];
    let nanoseconds = 0n;
    for (const times of all) nanoseconds += await read(times);
    return all.length === 0 ? null : Number(nanoseconds) * 1e-9;
  }

  #writes(encoder: GPUCommandEncoder): GPUComputePassTimestampWrites | undefined {
    const device = this.#devices.get(encoder);
    if (device?.features.has("timestamp-query") !== true) return undefined;
    let times = this.#times.findLast((each) => each.device === device);
    if (times === undefined || times.used + 2 > maxTimes) {
      const queries = device.createQuerySet({ type: "timestamp", count: maxTimes });
      times = { device, queries, used: 0 };
      this.#times.push(times);
    }
    const { queries: querySet, used } = times;
    times.used += 2;
    return { querySet, beginningOfPassWriteIndex: used, endOfPassWriteIndex: used + 1 };
  }
}

/** Nanoseconds between beginnings and ends. */
async function read({ device, queries, used }: Times): Promise<bigint> {
  const size = 8 * used;
  const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const resolved = device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC });
  const readable = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(queries, 0, used, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, readable, 0, size);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(GPUMapMode.READ);
  const times = new BigUint64Array(readable.getMappedRange());
  let sum = 0n;
  for (let i = 0; i < times.length; i += 2) {
    sum += (times[i + 1] as bigint) - (times[i] as bigint);
  }
  for (const each of [queries, resolved, readable]) each.destroy();
  return sum;
}
