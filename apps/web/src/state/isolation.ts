import { waitFor } from "./loading-timeout";

const triedKey = "grok-isolation-tried";

/** Milliseconds that the page waits for it: where it is blocked it may never answer. */
const patience = 2_500;

/**
 * Makes the page cross-origin isolated where its host does not: by a service worker that adds the
 * headers, and one reload through it.
 *
 * @returns whether the page is about to reload
 */
export async function isolate(): Promise<boolean> {
  // In a frame it is for the page around it to be isolated, too.
  if (window !== window.parent) return false;
  if (crossOriginIsolated || !isSecureContext || !("serviceWorker" in navigator)) return false;
  try {
    // Once a session: where it does not help, the page does with one thread.
    if (sessionStorage.getItem(triedKey) !== null) return false;
    sessionStorage.setItem(triedKey, "yes");
    waitFor(() => "the page's second load, which threads need,");
    const isReady = await Promise.race([
      navigator.serviceWorker
        .register("./isolate.js")
        .then(() => navigator.serviceWorker.ready)
        .then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience)),
    ]);
    if (isReady) location.reload();
    return isReady;
  } catch {
    return false;
  }
}
