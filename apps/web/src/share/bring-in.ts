import { addressOf } from "../state/address";
import { openRun } from "../state/commands";
import { engine } from "../state/engine";
import { say } from "../state/notices";
import { refreshRuns, runs, servedAt } from "../state/runs";
import { isRunning } from "../state/session";
import type { Imported } from "../worker/protocol";
import { runFolders } from "./run-folders";

/** Brings in runs from ZIP files. */
export async function bringIn(files: readonly File[]): Promise<void> {
  const results: Imported[] = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    results.push(await engine().library.import(file.name.replace(/\.zip$/i, ""), bytes));
  }
  await tell(results);
}

/** Brings a copy of a run in that the page's server has, and shows it where it can continue. */
export async function bringInServed(name: string): Promise<void> {
  const result = await engine().served.import(servedAt as string, name);
  await refreshRuns();
  if (!result.ok) {
    say("error", result.error);
    return;
  }
  for (const text of result.notices) say("notice", text);
  await openRun(result.label.id);
  location.hash = addressOf("watch");
}

/** Brings in every run among files with their paths: folders that hold a config.json. */
export async function bringInFiles(files: readonly (readonly [string, File])[]): Promise<void> {
  const found = runFolders(files.map(([path, file]) => ({ path, file })));
  if (found.length === 0) {
    say("error", "There is no run in what was opened: a run's folder holds a config.json.");
    return;
  }
  const results: Imported[] = [];
  for (const { name, files: own } of found) {
    const contents = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const { path, file } of own) contents.set(path, new Uint8Array(await file.arrayBuffer()));
    results.push(await engine().library.import(name, contents));
  }
  await tell(results);
}

/** Says the outcome; shows the run, if it is one and none is being trained. */
async function tell(results: readonly Imported[]): Promise<void> {
  await refreshRuns();
  for (const result of results) {
    if (!result.ok) say("error", result.error);
    else for (const text of result.notices) say("notice", text);
  }
  const opened = results.filter((result) => result.ok);
  const [only] = opened;
  if (only === undefined) return;
  const entry = runs.peek().find(({ id }) => id === only.label.id);
  const unready = entry?.run?.unready ?? null;
  if (unready !== null) say("notice", `${only.label.name}: ${unready}`);
  else if (opened.length === 1 && !isRunning.peek()) await openRun(only.label.id);
  say("notice", `${opened.map(({ label }) => label.name).join(", ")} is in the list of runs now.`);
}
