import type { RenderFunction } from "@observablehq/plot";

/** A mark's `render` option that names what it draws for those who cannot see it. */
export function labelled(label: string): RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const node = next?.(index, scales, values, dimensions, context) ?? null;
    node?.setAttribute("aria-label", label);
    return node;
  };
}
