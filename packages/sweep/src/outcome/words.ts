import type { Setting } from "../state/setting";

/** A flag in words: `weight-decay` is Weight decay. */
export function words(flag: string): string {
  const text = flag.replaceAll("-", " ");
  return text.length <= 2 ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** A setting in three digits. */
export function short(value: Setting): string {
  return typeof value === "number" ? String(Number(value.toPrecision(3))) : String(value);
}

/** Settings in words: `weight decay 1, train fraction 0.5`. */
export function settingsInWords(settings: Readonly<Record<string, Setting>>): string {
  return Object.entries(settings)
    .map(([axis, value]) => `${words(axis).toLowerCase()} ${short(value)}`)
    .join(", ");
}
