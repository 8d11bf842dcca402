import { saveFile } from "../panels/figure/export";
import { engine } from "../state/engine";
import type { RunLabel } from "../storage/library";
import { fileName } from "./file-name";

/** Saves a run's folder as a ZIP file, which the command continues and this page opens. */
export async function saveRun({ id, name }: RunLabel): Promise<void> {
  const bytes = await engine().export(id);
  saveFile(`${fileName(name)}.zip`, new Blob([bytes], { type: "application/zip" }));
}
