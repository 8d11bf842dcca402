import { signal } from "@preact/signals";
import type { RunEntry } from "../worker/protocol";
import { engine } from "./engine";

/** The runs that the browser keeps, the newest first. */
export const runs = signal<readonly RunEntry[]>([]);

/** Reads the list again. */
export async function refreshRuns(): Promise<void> {
  runs.value = await engine().runs();
}
