// Packs all packages into a folder, as built before: node checks/src/install/pack.ts FOLDER. Called by
// `pnpm test`, whose checks and tests all look at these tarballs.
import { packAll } from "./tarball.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Give the folder that the tarballs are to be in.");
await packAll(folder);
