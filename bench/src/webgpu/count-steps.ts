import type { StepCounts } from "../protocol.ts";
import { DeviceClock } from "./device-clock.ts";
import { countCalls, type Tally } from "./tally.ts";

/** Makes this many steps, and waits for them. */
type Make = (steps: number) => Promise<void>;

/** Steps of the run that is taken away. */
const warm = 2;

/** What a run of steps came to. */
interface Sums {
  tally: Tally;
  hostMs: number;
  wallMs: number;
}

/** Counts what steps ask of devices, and how long these compute. */
export class StepCounter {
  readonly #tally: Tally;
  readonly #clock: DeviceClock;

  /** To be made before the devices are used, and once. */
  constructor() {
    this.#tally = countCalls();
    this.#clock = new DeviceClock();
  }

  /** What steps come to: a run of them less a shorter one, so that beginnings and ends do not count. */
  async count(make: Make, steps: number): Promise<StepCounts> {
    // Once more than is counted: the first run fills the pools of buffers.
    await make(warm);
    const short = await this.#run(make, warm);
    const long = await this.#run(make, warm + steps);
    const { bytesHeld } = this.#tally;
    const shortOnDevice = await this.#onDevice(make, warm);
    const longOnDevice = await this.#onDevice(make, warm + steps);
    return {
      ...perStep(short, long, steps),
      deviceMs:
        shortOnDevice === null || longOnDevice === null
          ? null
          : (1000 * (longOnDevice - shortOnDevice)) / steps,
      bytesHeld,
    };
  }

  async #run(make: Make, steps: number): Promise<Sums> {
    const before = { ...this.#tally };
    const began = performance.now();
    await make(steps);
    const wallMs = performance.now() - began;
    const hostMs = this.#tally.submittedAt - began;
    const grown = Object.entries(this.#tally).map(([key, now]) => [
      key,
      now - before[key as keyof Tally],
    ]);
    return { tally: Object.fromEntries(grown) as Tally, hostMs, wallMs };
  }

  async #onDevice(make: Make, steps: number): Promise<number | null> {
    this.#clock.start();
    await make(steps);
    return this.#clock.stop();
  }
}

/** What lies between a run and one with this many steps more, divided by these. */
export function perStep(
  short: Sums,
  long: Sums,
  steps: number,
): Omit<StepCounts, "deviceMs" | "bytesHeld"> {
  const each = (key: keyof Tally) => (long.tally[key] - short.tally[key]) / steps;
  return {
    steps,
    dispatches: each("dispatches"),
    submits: each("submits"),
    copies: each("copies"),
    bytesUp: each("bytesUp"),
    reads: each("reads"),
    bytesDown: each("bytesDown"),
    buffers: each("buffers"),
    hostMs: (long.hostMs - short.hostMs) / steps,
    wallMs: (long.wallMs - short.wallMs) / steps,
  };
}
