/** A name as files may have it. */
export function fileName(text: string): string {
  return (
    text
      .replaceAll("/", "÷")
      .replace(/[^\p{L}\p{N}÷+*²³ ._-]/gu, "")
      .trim()
      .replaceAll(" ", "-") || "run"
  );
}
