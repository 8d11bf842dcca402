import { findAdapter } from "@grok/backend";
import type { Adapter } from "../protocol.ts";

/**
 * The graphics adapter that every implementation in this process or page gets.
 *
 * @throws Error with a sentence if there is none
 */
export async function adapterHere(): Promise<Adapter> {
  const found = await findAdapter();
  if (found.adapter === undefined) throw new Error(found.missing);
  const { adapter, name, isSoftware } = found;
  return { name, isSoftware, hasTimestamps: adapter.features.has("timestamp-query") };
}
