import type { LoadedExtension } from "@grok/train";
import type { ServedExtension } from "@grok/train/front-end";

/** The extensions that the server was started with, as the page asks for them. */
export class ServedExtensions {
  /** What `/extensions/` says. */
  readonly list: readonly ServedExtension[];
  readonly #texts = new Map<string, string>();

  constructor(extensions: readonly LoadedExtension[]) {
    this.list = extensions.flatMap(({ extension, file, sha256, code }) => {
      if (sha256 === null || code === null) return [];
      const path = `${extension.name}-${sha256.slice(0, 16)}.mjs`;
      this.#texts.set(`/extensions/${path}`, new TextDecoder().decode(code));
      return [{ file, sha256, path }];
    });
  }

  /** The bundle at an address; null if there is none. */
  textOf(path: string): string | null {
    return this.#texts.get(path) ?? null;
  }
}
