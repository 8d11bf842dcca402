import type { ReadableFiles, RunFiles } from "@grok/train";
import { decodeViews, encodeView } from "../network/encode-view";
import type { NetworkView } from "../network/inspector";
import type { Views } from "./views";

/** Beside a run's own files, and no part of what is exported: it can be computed again. */
const name = ".views.jsonl";

/** Adds the views that were kept of a run, in the order in which they were made. */
export async function readViews(files: Pick<ReadableFiles, "read">, views: Views): Promise<void> {
  const bytes = await files.read(name);
  if (bytes === null) return;
  for (const view of decodeViews(new TextDecoder().decode(bytes))) views.add(view);
}

/**
 * Adds a view to those that are kept of a run. A run that was taken back to an earlier step simply
 * continues: reading, a view takes the place of those of its step and later ones.
 */
export async function appendView(files: RunFiles, view: NetworkView): Promise<void> {
  await files.append(name, encodeView(view));
}

/**
 * Keeps these views and no others.
 *
 * @param last those of later steps are left out
 */
export async function rewriteViews(
  files: RunFiles,
  views: Views,
  last = Number.POSITIVE_INFINITY,
): Promise<void> {
  const lines = views.steps
    .filter((step) => step <= last)
    .map((step) => encodeView(views.at(step) as NetworkView));
  await files.write(name, lines.join(""));
}
