import { csvOf, recordTable } from "@grok/train/table";
import { saveFile } from "../panels/figure/export";
import { engine } from "../state/engine";
import { readRecords } from "../state/runs";
import { label, records } from "../state/session";
import type { RunLabel } from "../storage/library";
import { fileName } from "./file-name";

/** Saves a run's folder as a ZIP file, which the command continues and this page opens. */
export async function saveRun({ id, name }: RunLabel): Promise<void> {
  const bytes = await engine().library.export(id);
  saveFile(`${fileName(name)}.zip`, new Blob([bytes], { type: "application/zip" }));
}

/** Saves all evaluations of the run that is shown as CSV; the page itself may show fewer. */
export async function saveMetrics(name: string): Promise<void> {
  const run = label.peek();
  const all = run === null ? records.peek() : await readRecords(run.id);
  saveFile(`${name}.csv`, new Blob([csvOf(recordTable(all))], { type: "text/csv" }));
}
