import { readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { SpeedMemory } from "@grok/train/front-end";
import { makeFolder } from "@grok/train/node";
import type { ProcessEnv } from "../process-env";

/** Machines and shapes that are remembered at most. */
const maxEntries = 500;

function cacheFile(env: ProcessEnv["env"]): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "grok", "speeds.json");
}

async function readAll(env: ProcessEnv["env"]): Promise<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(await readFile(cacheFile(env), "utf8"));
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    // Not there, or not whole: it will be measured again.
    return {};
  }
}

/** Measured speeds in the user's cache folder; one that cannot be written is no reason not to train. */
export function speedCache(env: ProcessEnv["env"]): SpeedMemory {
  return {
    recall: async (key) => (await readAll(env))[key],
    remember: async (key, measured) => {
      const file = cacheFile(env);
      const entries = Object.entries({ ...(await readAll(env)), [key]: measured });
      try {
        await makeFolder(join(file, ".."));
        const unfinished = `${file}.${process.pid}`;
        const kept = Object.fromEntries(entries.slice(-maxEntries));
        await writeFile(unfinished, JSON.stringify(kept));
        await rename(unfinished, file);
      } catch {
        // It will be measured again.
      }
    },
  };
}
