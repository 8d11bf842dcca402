import type { SpeedMemory } from "@grok/train/front-end";

const storage = "grok-speeds";

function address(key: string): string {
  return new URL(`speeds/${key}`, self.location.href).href;
}

/** Measured speeds in the browser's cache storage; if there is none they are measured again. */
export const speedMemory: SpeedMemory = {
  async recall(key) {
    try {
      const found = await (await caches.open(storage)).match(address(key));
      return (await found?.json()) as unknown;
    } catch {
      return undefined;
    }
  },
  async remember(key, measured) {
    try {
      await (await caches.open(storage)).put(address(key), Response.json(measured));
    } catch {
      // It will be measured again.
    }
  },
};
