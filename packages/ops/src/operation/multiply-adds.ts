import * as tf from "@tensorflow/tfjs-core";

/** A count in progress. */
interface Count {
  multiplyAdds: number;
  /** Operations that are running now: what their reference forms call is theirs. */
  depth: number;
}

let current: Count | null = null;

/** The part of tfjs's engine through which stock operations reach their kernels. */
type Engine = { runKernel: (name: string, inputs: object, attributes?: object) => unknown };

/**
 * Runs code and counts the multiply-adds of the matrix products and of attention in it; one is two
 * floating-point operations. An operation says how many it needs (`multiplyAdds` of its definition),
 * so that the count is the same on every backend and with every kernel. What takes a few operations per
 * number (sums of rows, activations, norms, losses, updates) is not counted.
 *
 * @param run synchronous; work that it leaves for later is not counted
 * @returns what `run` gives, and the count
 * @throws Error if a count is in progress already; what `run` throws
 *
 * @example
 * countMultiplyAdds(() => linear(tf.ones([2, 3]), tf.ones([3, 4]))).multiplyAdds; // 24
 */
export function countMultiplyAdds<T>(run: () => T): { value: T; multiplyAdds: number } {
  if (current !== null) {
    throw new Error("countMultiplyAdds: a count is in progress; counts do not contain each other");
  }
  const engine = tf.engine() as unknown as Engine;
  const { runKernel } = engine;
  const count: Count = { multiplyAdds: 0, depth: 0 };
  current = count;
  engine.runKernel = (name, inputs, attributes) => {
    if (count.depth === 0) count.multiplyAdds += ofStock(name, inputs, attributes);
    return runKernel.call(engine, name, inputs, attributes);
  };
  try {
    return { value: run(), multiplyAdds: count.multiplyAdds };
  } finally {
    engine.runKernel = runKernel;
    current = null;
  }
}

/** Runs an operation, whose multiply-adds are added to the count if there is one. */
export function counted<T>(multiplyAdds: () => number, run: () => T): T {
  if (current === null) return run();
  const count = current;
  if (count.depth === 0) count.multiplyAdds += multiplyAdds();
  count.depth++;
  try {
    return run();
  } finally {
    count.depth--;
  }
}

/** Multiply-adds of a kernel of tfjs: those of its matrix products. */
function ofStock(name: string, inputs: object, attributes: object = {}): number {
  if (name !== "BatchMatMul" && name !== "_FusedMatMul") return 0;
  const { a, b } = inputs as { a: tf.Tensor; b: tf.Tensor };
  const { transposeB } = attributes as { transposeB?: boolean };
  const outputs = b.shape[b.rank - (transposeB ? 2 : 1)] as number;
  // The smaller of two batches is spread over the other.
  const batch = (x: tf.Tensor) => x.shape.slice(0, -2).reduce((all, size) => all * size, 1);
  return (a.size / batch(a)) * outputs * Math.max(batch(a), batch(b));
}
