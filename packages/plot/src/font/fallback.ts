import type { FontFile } from "./font";

/**
 * Where fonts come from for text that the given ones cannot set: asked with these lines, it gives what
 * it has for them. `SystemFonts` of @grok/plot/node has those of a machine.
 */
export interface FontFallback {
  /** Gives font files that set what the given ones cannot set of these lines; none if it has none. */
  fontsFor(lines: readonly string[]): Promise<readonly FontFile[]>;
}
