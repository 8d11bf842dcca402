import type { RunState } from "@grok/sweep";

/** What a run of a sweep is set to, in words: `weight-decay 0.1, seed 2`; its name where nothing varies. */
export function settingsText({ settings, name }: Pick<RunState, "settings" | "name">): string {
  const parts = Object.entries(settings).map(([flag, value]) => `${flag} ${settingText(value)}`);
  return parts.length === 0 ? name : parts.join(", ");
}

/** A setting as a table has it. */
export function settingText(value: RunState["settings"][string] | undefined): string {
  return value === null || value === undefined ? "–" : String(value);
}
