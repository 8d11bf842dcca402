import { tensorUsage } from "./usage";
import { Value } from "./value";

/** Numbers that stay on the device, made once. */
export class Constants {
  readonly #device: GPUDevice;
  readonly #values = new Map<string, Value>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The numbers of a key; `make` gives them the first time. */
  get(key: string, make: () => Float32Array): Value {
    let value = this.#values.get(key);
    if (value === undefined) {
      const numbers = make();
      const size = Math.max(4, numbers.byteLength);
      const buffer = this.#device.createBuffer({ size, usage: tensorUsage() });
      this.#device.queue.writeBuffer(buffer, 0, numbers as BufferSource);
      value = Value.at({ buffer, offset: 0, size });
      this.#values.set(key, value);
    }
    return value;
  }

  /** Bytes of the device's memory that they take. */
  get bytes(): number {
    let bytes = 0;
    for (const { size } of this.#values.values()) bytes += size;
    return bytes;
  }

  dispose(): void {
    for (const { allocation } of this.#values.values()) allocation?.buffer.destroy();
    this.#values.clear();
  }
}
