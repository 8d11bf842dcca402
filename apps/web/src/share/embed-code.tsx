import { embedAddress } from "../state/address";
import { Copied } from "./copied";

/** The lines that show this experiment on a page of somebody's own. */
export function EmbedCode({ link }: { link: string }) {
  const address = `${location.origin}${location.pathname}${embedAddress(link)}`;
  return (
    <details class="class-link">
      <summary>For a page of your own: embed it</summary>
      <p>
        It shows the run, its pictures and Start. A page of <code>grok serve</code> can be embedded
        by the sites that <code>--allow-embed</code> names.
      </p>
      <Copied
        text={`<iframe src="${address}" title="Grokking, live" width="100%" height="720" style="border: 0" allow="cross-origin-isolated"></iframe>`}
        what="code to embed"
      />
    </details>
  );
}
