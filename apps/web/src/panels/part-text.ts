import type { AblationScene } from "../network/ablation";

/** A part of the network as the page calls it: `head 2`, `layer 1, neuron 18`, `wave k = 14`. */
export function partText(part: string, { heads, neurons }: AblationScene): string {
  const [kind = "", place = ""] = part.split(":");
  if (kind === "frequency") return `wave k = ${place}`;
  const [layer = 0, index = 0] = place.split(".").map(Number);
  const own = `${kind} ${index + 1}`;
  const layers = (kind === "head" ? heads : neurons).length;
  return layers > 1 ? `layer ${layer + 1}, ${own}` : own;
}

/** Parts in a sentence: `head 2`, `head 2 and wave k = 14`, `head 1, head 2 and 3 others`. */
export function partsText(parts: readonly string[], scene: AblationScene): string {
  const names = parts.map((part) => partText(part, scene));
  if (names.length > 4) return `${names.slice(0, 2).join(", ")} and ${names.length - 2} others`;
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
