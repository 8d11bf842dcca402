import type { Uploads } from "./uploads";
import { Value } from "./value";

/** What goes to the device along with a batch, each thing once. */
export class Staging {
  readonly #uploads: Uploads;
  /** What goes with this batch. */
  readonly #sent = new Map<object, Value>();
  /** Tensors' data that went along with a batch. */
  readonly #sentBefore = new WeakSet<object>();

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  /** Sends numbers along with the batch, for its programs to read. */
  upload(values: Float32Array | Int32Array | Uint32Array): Value {
    return Value.at(this.#uploads.add(values.byteLength === 0 ? new Float32Array(1) : values));
  }

  /** As {@link upload}; the same array goes along with a batch once. */
  uploadOnce(values: Int32Array): Value {
    let value = this.#sent.get(values);
    if (value === undefined) {
      value = this.upload(values);
      this.#sent.set(values, value);
    }
    return value;
  }

  /**
   * The numbers of a tensor that has none on the device, sent along. Undefined if they went along
   * with an earlier batch: a second time they get memory of their own.
   */
  ofTensor(
    dataId: object,
    { values, dtype }: { values: ArrayLike<number>; dtype: string },
  ): Value | undefined {
    const sent = this.#sent.get(dataId);
    if (sent !== undefined || this.#sentBefore.has(dataId)) return sent;
    this.#sentBefore.add(dataId);
    const value = this.upload(toWords(values, dtype));
    this.#sent.set(dataId, value);
    return value;
  }

  /** Forgets what went along for a tensor, whose numbers are elsewhere now. */
  forget(dataId: object): void {
    this.#sent.delete(dataId);
  }

  /** To be called when the batch is submitted. */
  clear(): void {
    this.#sent.clear();
  }
}

function toWords(values: ArrayLike<number>, dtype: string): Float32Array | Int32Array {
  if (dtype === "float32") {
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }
  return values instanceof Int32Array ? values : Int32Array.from(values);
}
