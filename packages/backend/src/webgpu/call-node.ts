import type { Call } from "./call";
import type { Node } from "./node";
import type { Value } from "./value";

/** One call of a program. */
export class CallNode implements Node {
  readonly #call: Call;
  constructor(call: Call) {
    this.#call = call;
  }
  reads(): Value[] {
    const { program, values } = this.#call;
    return values.filter((_, i) => !program.buffers[i]?.writes);
  }
  writes(): Value[] {
    const { program, values } = this.#call;
    return values.filter((_, i) => program.buffers[i]?.writes);
  }
  calls(): Call[] {
    return [this.#call];
  }
}
