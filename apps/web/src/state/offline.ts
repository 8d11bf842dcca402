import { effect } from "@preact/signals";
import { isRunning, status } from "./session";

/** Milliseconds without training after which the page's files are fetched to be kept. */
const restMs = 4_000;

/** Has the service worker keep the page's files once the page rests, so that it opens offline. */
export function keepOffline(): void {
  if (!isSecureContext || !("serviceWorker" in navigator)) return;
  // On one's own machine the server is there, and its port may serve something else tomorrow.
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  if (isLocal && navigator.serviceWorker.controller === null) return;
  let isKept = false;
  effect(() => {
    if (isKept || isRunning.value || status.value === "loading") return;
    const timer = setTimeout(() => {
      isKept = true;
      // Where it is forbidden, the page just does not open offline.
      ask().catch(() => {});
    }, restMs);
    return () => clearTimeout(timer);
  });
}

async function ask(): Promise<void> {
  await navigator.serviceWorker.register("./isolate.js");
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage("keep");
}
