import { ExperimentError } from "../experiment/error";
import { printable } from "../experiment/printable";
import type { Collection } from "./collection";
import type { ExtensionReference } from "./extension";

/** The extensions that data of an experiment name and that are not among the kinds. */
export function missingExtensions(data: unknown, { extensions }: Collection): string[] {
  const named = (data as { extensions?: unknown } | null | undefined)?.extensions;
  if (!Array.isArray(named)) return [];
  const known = new Set(extensions.map(({ extension }) => extension.name));
  return named
    .map((each) => (each as { name?: unknown } | null)?.name)
    .filter((name): name is string => typeof name === "string" && !known.has(name));
}

/**
 * Checks that the extensions at hand are those that an experiment was made with.
 *
 * @throws ExperimentError if one is another module of the same name
 */
export function checkReferences(
  { extensions: named = [] }: { extensions?: readonly ExtensionReference[] },
  { extensions }: Collection,
): void {
  for (const { name, sha256 } of named) {
    const here = extensions.find(({ extension }) => extension.name === name);
    if (here === undefined || here.sha256 === sha256) continue;
    throw new ExperimentError(
      `Extension ${name} is not the one that the experiment was made with: ${wordsOf(sha256)} then, ${wordsOf(here.sha256)} in ${printable(here.file)}.`,
    );
  }
}

function wordsOf(digest: string | null): string {
  return digest === null ? "a value in code" : `sha256 ${digest.slice(0, 16)}`;
}
