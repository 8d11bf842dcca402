import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { RunFailure } from "../run/failure";

/** The page's folder, seen from the command's file: in the published package, and in a clone. */
const places = ["../page", "../../web/dist"];

/**
 * The folder of the built page.
 *
 * @param main the file of the command that runs
 * @throws RunFailure if the page was not built
 */
export async function pageFolder(main: string): Promise<string> {
  const folders = places.map((place) => fileURLToPath(new URL(place, pathToFileURL(main))));
  for (const folder of folders) {
    const isBuilt = await stat(join(folder, "index.html")).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isBuilt) return folder;
  }
  throw new RunFailure(
    `The page was not built: ${folders.at(-1)} has no index.html. Run pnpm build.`,
  );
}
