import type { GivenFlags } from "../arguments/given-flags";
import { UsageError } from "../usage-error";

/**
 * The origins that `--allow-embed` names, as a browser writes them.
 *
 * @throws UsageError for what is no origin of http or https
 */
export function embeddersOf(given: GivenFlags[string] | undefined): string[] {
  if (given === undefined) return [];
  return String(given)
    .split(",")
    .map((text) => {
      const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
      const isOrigin =
        url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
      if (!isOrigin) {
        throw new UsageError(
          `--allow-embed must be origins such as https://blog.example, separated by commas; "${text.trim()}" is none.`,
        );
      }
      return url.origin;
    });
}
