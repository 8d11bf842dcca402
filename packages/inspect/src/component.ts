import type { Network } from "@grok/models";
import type { Site } from "./site";

/** A part of a network that can be taken out. */
export type Component =
  /** An attention head, at what it mixes (z). */
  | { readonly kind: "head"; readonly layer: number; readonly head: number }
  /** A hidden neuron of a feed-forward, or of an MLP's hidden layer. */
  | { readonly kind: "neuron"; readonly layer: number; readonly neuron: number }
  /** A frequency of the embedding, as a function on the task's cyclic group. */
  | { readonly kind: "frequency"; readonly frequency: number }
  /** What a point holds along a direction of its last axis. */
  | { readonly kind: "direction"; readonly point: string; readonly direction: readonly number[] };

/** A network's parts that {@link Component}s name. */
export interface ComponentCounts {
  /** Heads per layer; empty for a network without attention. */
  readonly heads: readonly number[];
  /** Hidden neurons per layer. */
  readonly neurons: readonly number[];
}

const headPoint = (layer: number) => `layers.${layer}.attention.z`;
const neuronPoints = (layer: number) => [
  `layers.${layer}.feedForward.hidden`,
  `layers.${layer}.hidden`,
];

/** How many heads and neurons there are in each layer of a network that names their points. */
export function componentsOf({ points }: Network): ComponentCounts {
  const heads: number[] = [];
  const neurons: number[] = [];
  for (const { name, axes, shape } of points) {
    const size = (axis: "head" | "neuron") => shape[axes.indexOf(axis)] ?? 0;
    if (name === headPoint(heads.length)) heads.push(size("head"));
    if (neuronPoints(neurons.length).includes(name)) neurons.push(size("neuron"));
  }
  return { heads, neurons };
}

/** All heads that a network names. */
export function headsOf(network: Network): Extract<Component, { kind: "head" }>[] {
  return componentsOf(network).heads.flatMap((count, layer) =>
    Array.from({ length: count }, (_, head) => ({ kind: "head" as const, layer, head })),
  );
}

/**
 * Reads a component: `head:LAYER.HEAD`, `neuron:LAYER.N` or `frequency:K`.
 *
 * @throws RangeError for anything else
 */
export function parseComponent(text: string): Component {
  const [, kind, first, , second] = /^(head|neuron|frequency):(\d+)(\.(\d+))?$/.exec(text) ?? [];
  const [a, b] = [Number(first), Number(second)];
  if (kind === "frequency" && second === undefined) return { kind, frequency: a };
  if (kind === "head" && second !== undefined) return { kind, layer: a, head: b };
  if (kind === "neuron" && second !== undefined) return { kind, layer: a, neuron: b };
  throw new RangeError(
    `${JSON.stringify(text)} is no part of a network: allowed are head:LAYER.HEAD, neuron:LAYER.N and frequency:K, counted from 0`,
  );
}

/** A component as {@link parseComponent} reads it; a direction by its point. */
export function componentText(component: Component): string {
  switch (component.kind) {
    case "head":
      return `head:${component.layer}.${component.head}`;
    case "neuron":
      return `neuron:${component.layer}.${component.neuron}`;
    case "frequency":
      return `frequency:${component.frequency}`;
    case "direction":
      return `direction:${component.point}`;
  }
}

/**
 * Where a head or neuron is.
 *
 * @throws RangeError if the network has no such part
 */
export function siteOf(
  network: Network,
  component: Extract<Component, { kind: "head" | "neuron" }>,
): Site {
  const { heads, neurons } = componentsOf(network);
  const { kind, layer } = component;
  const [counts, number] = kind === "head" ? [heads, component.head] : [neurons, component.neuron];
  const plural = kind === "head" ? "heads" : "neurons";
  const count = counts[layer];
  if (count === undefined || number >= count) {
    const there =
      counts.length === 0
        ? `the network names no ${plural}`
        : `there are ${counts.map((each, i) => `${each} in layer ${i}`).join(", ")}, counted from 0`;
    throw new RangeError(`there is no ${componentText(component)}: ${there}`);
  }
  if (kind === "head") return { point: headPoint(layer), select: { head: [number] } };
  const names = new Set(network.points.map(({ name }) => name));
  const point = neuronPoints(layer).find((name) => names.has(name)) as string;
  return { point, select: { neuron: [number] } };
}
