/** Engines by their names in `versions`; one that imitates another comes before it. */
export const engines = ["bun", "deno", "node"] as const;

const titles = { bun: "Bun", deno: "Deno", node: "Node" };

/** The version of the engine, outside of browsers; those name themselves in what the page says. */
export function engineVersions(): Record<string, string> {
  const { process } = globalThis as { process?: { versions?: Record<string, string | undefined> } };
  for (const name of engines) {
    const found = process?.versions?.[name];
    if (found !== undefined) return { [name]: found };
  }
  return {};
}

/**
 * The engine that versions name, as people write it: `Node 24.21.0`, `Deno 2.9.0`, `Bun 1.4.0`. Bun
 * and Deno say that they are a Node, too, which is not what runs there.
 *
 * @param versions as config.json and summaries have them; default: those of this process
 * @returns null if none is named, as in a browser
 */
export function engineText(
  versions: Readonly<Record<string, string>> = engineVersions(),
): string | null {
  const name = engines.find((each) => versions[each] !== undefined);
  return name === undefined ? null : `${titles[name]} ${versions[name]}`;
}
