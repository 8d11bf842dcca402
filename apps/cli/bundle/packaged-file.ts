import { readFile } from "node:fs/promises";
import type { packagedFile as installedFile } from "../../../packages/plot/src/packaged-file";

/** In the bundle, a file of a package lies beside the code: {@link installedFile} looks in packages. */
export const packagedFile: typeof installedFile = (file) =>
  readFile(new URL(`./packaged/${file}`, import.meta.url));
