import { type BackendChoice, useBackend } from "@grok/backend";
import { messageOf } from "./message";
import type { BackendRequest } from "./protocol";
import { startThread } from "./threads";

/** More threads than this mostly wait for each other: the networks here are small. */
const maxThreads = 8;

/** How many threads compute where nothing is asked for. */
export function usualThreads(): number {
  return crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, maxThreads) : 1;
}

/**
 * Makes what is asked for tfjs's current backend, and says which it is and why.
 *
 * @param why a sentence; by default what there is to say of the request alone
 * @throws RangeError if it is not available here
 */
export async function startBackend(
  { name, threads }: BackendRequest,
  allowSoftware = false,
  why = name === "auto" ? "The fastest one here." : "Asked for.",
): Promise<BackendChoice> {
  const use = (count: number) =>
    useBackend(name, {
      allowSoftware,
      threads: count,
      startThread,
    });
  const wanted = Math.min(threads ?? usualThreads(), navigator.hardwareConcurrency);
  const reasons = [why];
  const choice = await use(wanted).catch((error: unknown) => {
    // A page may be forbidden to start threads, by a host's content security policy for one.
    if (wanted === 1 || name === "webgpu") throw error;
    reasons.push(`One thread: with ${wanted}, ${messageOf(error)}.`);
    return use(1);
  });
  if (choice.name === "wasm" && !crossOriginIsolated) {
    reasons.push("One thread, as this page is not cross-origin isolated.");
  }
  return { ...choice, reason: reasons.join(" ") };
}
