// Copies the built page into this package, for `grok serve` from a tarball. Called before and, with
// --remove, after packing; in a clone `grok serve` reads apps/web/dist itself.
import { cp, rm, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../web/dist/", import.meta.url));
const page = fileURLToPath(new URL("../page/", import.meta.url));

await rm(page, { recursive: true, force: true });
if (!process.argv.includes("--remove")) {
  const isBuilt = await stat(`${built}index.html`).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isBuilt) throw new Error(`${built} has no index.html: build the page first, by pnpm build`);
  await cp(built, page, { recursive: true, filter: (name) => !name.endsWith(".map") });
}
