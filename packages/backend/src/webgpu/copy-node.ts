import type { Node, NodeHost } from "./node";
import type { Value } from "./value";

/** Copies that stand between calculations. */
export class CopyNode implements Node {
  readonly isUpdate = true;
  readonly #pairs: readonly [from: Value, to: Value][];
  constructor(pairs: readonly [from: Value, to: Value][]) {
    this.#pairs = pairs;
  }
  reads(): Value[] {
    return this.#pairs.map(([from]) => from);
  }
  writes(): Value[] {
    return this.#pairs.map(([, to]) => to);
  }
  prepare(host: NodeHost): void {
    for (const [from, to] of this.#pairs) host.encoder.copy(from, to);
  }
  calls(): never[] {
    return [];
  }
}
