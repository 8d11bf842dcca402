import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "vite";

/** The recorded run that is there without a network: that of the network that the page begins with. */
const keptRecording = "recorded/quick.run";

/** Lists the page's files in kept.json, for the service worker that keeps them for use offline. */
export function keptFiles(): Plugin {
  let folder = "";
  return {
    name: "kept-files",
    apply: "build",
    configResolved({ build }) {
      folder = build.outDir;
    },
    async closeBundle() {
      const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1))
        .filter((name) => !name.startsWith("recorded/") || name === keptRecording)
        .filter((name) => name !== "kept.json" && name !== "preview.png" && !name.endsWith(".map"))
        .map((name) => name.replaceAll("\\", "/"))
        .sort();
      const hash = createHash("sha256");
      for (const name of names) hash.update(name).update(await readFile(join(folder, name)));
      const kept = { version: hash.digest("hex").slice(0, 16), files: ["./", ...names] };
      await writeFile(join(folder, "kept.json"), `${JSON.stringify(kept)}\n`);
    },
  };
}
