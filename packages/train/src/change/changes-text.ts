import { settingText } from "../flag/setting-text";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import type { Change, Edit } from "./change";

/** Changes as one text, as `--change` takes it: `5000: weight-decay=0; 9000: freeze=*.bias`. */
export function changesText(
  changes: readonly Change[],
  { extensions }: { extensions?: Extensions } = {},
): string {
  return textOfAll(changes, collect(extensions));
}

/** {@link changesText} of kinds that are at hand. */
export function textOfAll(changes: readonly Change[], kinds: Collection): string {
  return changes.map((change) => `${change.at}: ${textOf(change, kinds)}`).join("; ");
}

/** What a change does, without its step, in a few words: `weight-decay=0 freeze=*.bias`. */
export function changeText(
  change: Change,
  { extensions }: { extensions?: Extensions } = {},
): string {
  return textOf(change, collect(extensions));
}

function textOf({ set = {}, edits = [], resetOptimizer }: Change, kinds: Collection): string {
  return [
    ...Object.entries(set).map(
      ([path, value]) => `${kinds.flagAt(path)?.name ?? path}=${settingText(value) ?? "none"}`,
    ),
    ...edits.map((edit) => editText(edit, kinds)),
    ...(resetOptimizer === true ? ["reset-optimizer"] : []),
  ].join(" ");
}

function editText(edit: Edit, kinds: Collection): string {
  const setting = kinds.edits.get(edit.kind)?.value?.setting;
  const value = setting === undefined ? undefined : edit[setting];
  const text = Array.isArray(value) ? value.join("+") : value;
  return `${edit.kind}=${edit.match}${text === undefined ? "" : `:${String(text as string | number)}`}`;
}
