import { type BackendChoice, useBackend } from "@grok/backend";
import type { BackendRequest } from "./protocol";

/** More threads than this mostly wait for each other: the networks here are small. */
const mostThreads = 8;

/** How many threads compute where nothing is asked for. */
export function usualThreads(): number {
  return crossOriginIsolated ? Math.min(navigator.hardwareConcurrency, mostThreads) : 1;
}

/**
 * Makes what is asked for tfjs's current backend, and says which it is and why.
 *
 * @throws RangeError where it is not available here
 */
export async function startBackend(
  { name, threads }: BackendRequest,
  allowSoftware = false,
): Promise<BackendChoice> {
  const choice = await useBackend(name, {
    allowSoftware,
    threads: Math.min(threads ?? usualThreads(), navigator.hardwareConcurrency),
    wasmFolder: new URL(/* @vite-ignore */ "../tfjs/", self.location.href).href,
  });
  const reasons = [name === "auto" ? "The fastest one here." : "Asked for."];
  if (choice.name === "wasm" && !crossOriginIsolated) {
    reasons.push("One thread, as this page is not cross-origin isolated.");
  }
  return { ...choice, reason: reasons.join(" ") };
}
