import type * as tf from "@tensorflow/tfjs-core";

/**
 * Looks at the tensor of a point, and may give another of the same shape, with which the forward pass
 * continues. It runs in a tidy scope: what is to outlive the pass needs `tf.keep`.
 */
export type PointHook = (x: tf.Tensor) => tf.Tensor | undefined | void;

/** What is done at which points of a forward pass. */
export type PointHooks<Name extends string = string> = { readonly [name in Name]?: PointHook };

/**
 * Shows a point's tensor to its hook.
 *
 * @returns what the hook gave, or the tensor itself
 * @throws RangeError if the hook gave another shape
 */
export function passPoint(hooks: PointHooks, name: string, x: tf.Tensor): tf.Tensor {
  const given = hooks[name]?.(x);
  if (given === undefined || given === null) return x;
  if (given.shape.join() !== x.shape.join()) {
    throw new RangeError(
      `the hook at ${name} gave a tensor of shape [${given.shape.join(", ")}]: it must be [${x.shape.join(", ")}], as the one it was given`,
    );
  }
  return given;
}

/**
 * @param network is asked for its points only if there are hooks: a training step has none
 * @throws RangeError for a hook at a point that the network does not have
 */
export function checkHooks(
  hooks: PointHooks,
  network: { readonly points: readonly { readonly name: string }[] },
): void {
  const names = Object.keys(hooks);
  if (names.length === 0) return;
  const { points } = network;
  for (const name of names) {
    if (points.some((point) => point.name === name)) continue;
    const known = points.map((point) => point.name).join(", ");
    throw new RangeError(
      points.length === 0
        ? `there is no point ${name}: the network names no points of its forward pass`
        : `there is no point ${name}: the network has ${known}`,
    );
  }
}
