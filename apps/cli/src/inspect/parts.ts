import { type Component, headsOf, parseComponent, type Site, siteOf } from "@grok/inspect";
import type { Network } from "@grok/models";
import { UsageError } from "../usage-error";

/** The words of a list that may be given several times, or null if it is not given. */
export function listOf(name: string, given: unknown): string[] | null {
  if (typeof given !== "string") return null;
  const words = given.split(/[,\n]/).map((word) => word.trim());
  if (words.some((word) => word === "")) {
    throw new UsageError(`--${name} must name parts, separated by commas, not "${given}".`);
  }
  return words;
}

/**
 * The parts that `--ablate` names.
 *
 * @throws UsageError for a word that is no part, or a part that the network does not have
 */
export function componentsNamed(
  words: readonly string[],
  network: Network,
  keys: readonly number[] | null,
): Component[] {
  return words.flatMap((word) => {
    if (word === "heads") {
      const heads = headsOf(network);
      if (heads.length === 0)
        throw new UsageError(`--ablate heads: ${network.anatomy.words} has no heads.`);
      return heads;
    }
    if (word === "frequencies") {
      return keysOf("--ablate frequencies", keys).map(
        (frequency): Component => ({ kind: "frequency", frequency }),
      );
    }
    return [
      asked(`--ablate ${word}`, () => {
        const component = parseComponent(word);
        if (component.kind === "head" || component.kind === "neuron") siteOf(network, component);
        return component;
      }),
    ];
  });
}

/** The frequencies that `--keep-frequencies` names. */
export function frequenciesNamed(
  words: readonly string[],
  keys: readonly number[] | null,
): number[] {
  return words.flatMap((word) => {
    if (word === "keys") return keysOf("--keep-frequencies keys", keys);
    if (/^\d+$/.test(word)) return [Number(word)];
    throw new UsageError(`--keep-frequencies must be numbers, or keys, not "${word}".`);
  });
}

/** The places that `--patch` names: heads, neurons, or whole points. */
export function sitesNamed(words: readonly string[], network: Network): Site[] {
  const points = new Set(network.points.map(({ name }) => name));
  return words.map((word) => {
    if (points.has(word)) return { point: word };
    return asked(`--patch ${word}`, () => {
      const component = /^(head|neuron):/.test(word) ? parseComponent(word) : null;
      if (component === null || component.kind === "frequency" || component.kind === "direction") {
        throw new RangeError(
          `the network has no such point: it has ${[...points].join(", ")}, and head:LAYER.HEAD and neuron:LAYER.N`,
        );
      }
      return siteOf(network, component);
    });
  });
}

function keysOf(what: string, keys: readonly number[] | null): readonly number[] {
  if (keys !== null && keys.length > 0) return keys;
  throw new UsageError(`${what}: the task is no addition in a cyclic group, so there are none.`);
}

/** Tells what is wrong with what was asked for as wrong use. */
function asked<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${what}: ${error.message}.`, { cause: error });
  }
}
