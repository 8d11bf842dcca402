/** The longest piece of somebody else's text that a message repeats. */
const longest = 60;

/**
 * Text as a message may repeat it, wherever it came from: cut after 60 characters, and with control
 * and formatting characters spelt out, so that a file cannot steer the terminal that shows it.
 */
export function printable(text: string): string {
  return spelledOut(text.length > longest ? `${text.slice(0, longest)}…` : text);
}

/** Text with its control and formatting characters spelt out, as `\u{1b}`. */
export function spelledOut(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}

/** A value in a few words: text in quotes, lists and objects by their kind alone. */
export function described(value: unknown): string {
  if (typeof value === "string") return `"${printable(value)}"`;
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "function" ? "a function" : String(value);
}
