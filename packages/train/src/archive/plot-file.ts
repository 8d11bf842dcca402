import { RunError } from "../run/error";

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What makes an SVG do more than show: programs, other documents, entities, addresses outside it. */
const active =
  /<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<(?:[\w-]{1,40}:)?(?:script|foreignObject|iframe|embed|object|use|animate|set|handler|listener)\b|\bon[a-z]+\s*=|javascript:|@import|\b(?:href|src)\s*=(?!["'](?:#|data:image\/png;base64,))|url\(\s*["']?(?!#|data:font\/)/i;

/**
 * Checks that a figure of a run is a PNG or an SVG that only draws, as ours do. A page should still
 * show it as an image and not as a part of itself.
 *
 * @throws RunError if it is something else, or an SVG with programs or with addresses outside it
 */
export function checkPlot(name: string, bytes: Uint8Array): void {
  if (name.endsWith(".png")) {
    if (pngSignature.every((byte, i) => bytes[i] === byte)) return;
    throw new RunError(`${name} is no PNG.`);
  }
  const text = new TextDecoder().decode(bytes);
  if (!text.startsWith("<svg")) throw new RunError(`${name} is no SVG that begins with <svg.`);
  const found = active.exec(text);
  if (found === null) return;
  throw new RunError(`${name} holds what a figure has no use for, at character ${found.index}.`);
}
