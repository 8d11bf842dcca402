/** What every answer says. */
export const commonHeaders: Readonly<Record<string, string>> = {
  // With the next one the page is cross-origin isolated, so that its threads may share memory.
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  // No page of another site may have these files, not even as an image or a script.
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  // A browser may keep what it has, but asks each time whether that is still so.
  "Cache-Control": "no-cache",
};

/**
 * The page may load and run what this server gives, and nothing from elsewhere; WebAssembly too.
 * tfjs starts its threads from a script that it writes itself, so `blob:`. Styles that stand in the
 * document are those of figures.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/**
 * The headers by which other sites may show the page in a frame, or may not.
 *
 * @param embedders the origins that may, e.g. `https://blog.example`; none of them: nobody may
 */
export function pageHeaders(embedders: readonly string[]): Readonly<Record<string, string>> {
  const isClosed = embedders.length === 0;
  const ancestors = isClosed ? "'none'" : embedders.join(" ");
  return {
    "Content-Security-Policy": [...pagePolicy, `frame-ancestors ${ancestors}`].join("; "),
    // The older header knows no list of origins; a site that isolates itself asks for the other one.
    ...(isClosed
      ? { "X-Frame-Options": "DENY" }
      : { "Cross-Origin-Resource-Policy": "cross-origin" }),
  };
}

/** A file of a run is shown, should somebody open it alone, without doing anything. */
export const filePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox; frame-ancestors 'none'";
