import type { NetworkView } from "./view";

/**
 * Raised if a field of a view changes its meaning or goes, so that a kept view is not misread. A new
 * field is optional instead: raising the version discards all views that were kept before.
 */
const version = 1;

const kinds = { Int8Array, Uint8Array, Uint16Array, Float32Array };
type Kind = keyof typeof kinds;

/** A view as a line of text: JSON, arrays as base64 of their bytes in little-endian order. */
export function encodeView(view: NetworkView): string {
  return `${JSON.stringify({ version, view }, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? { kind: value.constructor.name, bytes: toBase64(value) } : value,
  )}\n`;
}

/** A line that {@link encodeView} wrote; null for one of another version, torn or changed. */
export function decodeView(line: string): NetworkView | null {
  try {
    const { version: of, view } = JSON.parse(line, (_, value: unknown) =>
      isPacked(value) ? fromBase64(value) : value,
    ) as { version: number; view: NetworkView };
    return of === version && isView(view) ? view : null;
  } catch {
    return null;
  }
}

/** All views of a file that {@link encodeView} wrote, line by line, except those that are torn. */
export function* decodeViews(text: string): Iterable<NetworkView> {
  for (const line of text.split("\n")) {
    const view = line === "" ? null : decodeView(line);
    if (view !== null) yield view;
  }
}

function isPacked(value: unknown): value is { kind: Kind; bytes: string } {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return Object.hasOwn(kinds, value.kind as string) && "bytes" in value;
}

function isView(view: Partial<NetworkView> | null): view is NetworkView {
  const parts = [view?.answers, view?.embedding, view?.waves, view?.pair, view?.measures];
  return (
    Number.isSafeInteger(view?.step) &&
    parts.every((part) => typeof part === "object") &&
    (view?.attention === null || view?.attention instanceof Uint8Array)
  );
}

function toBase64(array: ArrayBufferView): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = "";
  // In pieces, as a function takes only so many arguments.
  for (let from = 0; from < bytes.length; from += 4096) {
    text += String.fromCharCode(...bytes.subarray(from, from + 4096));
  }
  return btoa(text);
}

function fromBase64({ kind, bytes }: { kind: Kind; bytes: string }): ArrayBufferView {
  const text = atob(bytes);
  const values = Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return new kinds[kind](values.buffer);
}
