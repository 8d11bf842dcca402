import {
  type Collection,
  collect,
  type Experiment,
  ExtensionError,
  type Extensions,
  type LoadedExtension,
  loadExtension,
} from "@grok/train";
import type { ServedExtension } from "@grok/train/front-end";

let offered: readonly LoadedExtension[] = [];

/** The extensions whose parts this page knows besides what is built in. */
export function extensionsHere(): { extensions: Extensions } {
  return { extensions: offered };
}

/** Everything that this page's experiments can be made of. */
export function kindsHere(): Collection {
  return collect(offered);
}

/**
 * Why an experiment can be looked at here and not trained: an extension that it was made with is
 * missing, or another one by that name; null if all are here.
 */
export function unreadyFor({ extensions = [] }: Pick<Experiment, "extensions">): string | null {
  for (const { name, sha256 } of extensions) {
    const here = offered.find(({ extension }) => extension.name === name);
    if (here?.sha256 === sha256) continue;
    const why =
      here === undefined
        ? "whose code this page does not have"
        : "which has changed since: this page has another one by that name";
    return `It was made with the extension ${name}, ${why}. Its curves are here all the same; grok serve --use FILE with the file that it was made with continues it.`;
  }
  return null;
}

/**
 * Loads the extensions that the page's server was started with: `grok serve --use FILE`. Nothing else
 * is ever loaded: what a run, an archive or a link names is data.
 *
 * @param base the address of their list on the page's own server, which ends in a slash
 * @throws ExtensionError in a sentence, if one is not what the list says
 */
export async function loadServedExtensions(base: string): Promise<void> {
  const response = await fetch(base);
  if (!response.ok) throw new ExtensionError(`The server gives no extensions: ${response.status}.`);
  const list = (await response.json()) as ServedExtension[];
  if (list.length === 0) return;
  // Whole packages, which a page without extensions has no use for.
  const { hostModules } = await import("./host-modules");
  offered = await Promise.all(
    list.map(async ({ file, sha256, path }): Promise<LoadedExtension> => {
      const bytes = new Uint8Array(await (await fetch(new URL(path, base))).arrayBuffer());
      const loaded = await loadExtension(bytes, file, hostModules);
      if (loaded.sha256 === sha256) return loaded;
      throw new ExtensionError(`${file} is not what the server was started with.`);
    }),
  );
}
