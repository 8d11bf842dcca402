import { signal } from "@preact/signals";
import type { AblatedView } from "../network/ablation";

/** The parts that are out of the network, as `head:0.2`, `neuron:0.17` and `frequency:14`. */
export const removedParts = signal<readonly string[]>([]);

/** The newest answer to what these make of the network; null until there is one. */
export const answered = signal<AblatedView | null>(null);

/** Takes a part out of the network, or puts it back. */
export function togglePart(part: string): void {
  const parts = removedParts.peek();
  removedParts.value = parts.includes(part)
    ? parts.filter((each) => each !== part)
    : [...parts, part];
}

/** Puts all parts back. */
export function putPartsBack(): void {
  removedParts.value = [];
  answered.value = null;
}
