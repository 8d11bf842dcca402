import type { Network } from "@grok/models";
import { type Component, siteOf } from "./component";

/** Rows of a parameter, from the first to the last one. */
export interface ParameterRows {
  readonly parameter: string;
  readonly first: number;
  readonly last: number;
}

/**
 * The rows of weights that read a head or a neuron, in the part right after it. With these at zero the
 * network answers as without the part, and training can grow them again.
 *
 * @returns null if the network has no such parameter, as one of an extension may not
 * @throws RangeError if the network has no such part
 */
export function outgoingRows(
  network: Network,
  component: Extract<Component, { kind: "head" | "neuron" }>,
): ParameterRows | null {
  const { point } = siteOf(network, component);
  const named = network.points.find(({ name }) => name === point);
  const features = named?.shape[named.axes.indexOf("feature")] ?? 1;
  const { layer } = component;
  const parameter =
    component.kind === "head"
      ? `layers.${layer}.attention.output.weight`
      : point.includes("feedForward")
        ? `layers.${layer}.feedForward.out.weight`
        : `layers.${layer + 1}.weight`;
  const { shape } = network.parameters.find(({ name }) => name === parameter) ?? {};
  if (shape === undefined) return null;
  const [size, number] =
    component.kind === "head" ? [features, component.head] : [1, component.neuron];
  return { parameter, first: number * size, last: (number + 1) * size - 1 };
}
