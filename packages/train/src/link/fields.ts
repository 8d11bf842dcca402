import { printable } from "../experiment/printable";
import { LinkError } from "./link-error";

const longestLink = 8192;
const longestValue = 1024;
const maxFields = 200;
const longestName = 64;

/**
 * The fields of a link, `name=value` with `&` between, percent-encoded; what stands before a `#` is
 * left out. A `+` is a plus, as people type it.
 *
 * @throws LinkError for a link of over 8,192 characters, 200 fields, a name of over 64 characters, a
 * value of over 1,024, a field without `=`, twice, or that is not percent-encoded UTF-8
 */
export function readFields(link: string): Map<string, string> {
  if (link.length > longestLink) {
    throw new LinkError(`The link has ${link.length} characters; allowed are ${longestLink}.`);
  }
  const parts = link.slice(link.indexOf("#") + 1).split("&");
  if (parts.length > maxFields) {
    throw new LinkError(`The link has ${parts.length} fields; allowed are ${maxFields}.`);
  }
  const fields = new Map<string, string>();
  for (const part of parts) {
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) {
      throw new LinkError(`"${printable(part)}" in the link is no field; they look like seed=3.`);
    }
    const name = decode(part.slice(0, equals));
    const value = decode(part.slice(equals + 1));
    if (name.length > longestName || value.length > longestValue) {
      throw new LinkError(
        `The field "${printable(name)}" of the link is too long: allowed are ${longestName} characters for its name and ${longestValue} for its value.`,
      );
    }
    if (fields.has(name)) throw new LinkError(`The link has "${printable(name)}" twice.`);
    fields.set(name, value);
  }
  return fields;
}

/** Writes fields so that people can read them: what needs no encoding behind a `#` is left alone. */
export function writeFields(fields: Iterable<readonly [name: string, value: string]>): string {
  return Array.from(fields, ([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(2B|2F|3A|2C)/g, decodeURIComponent);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new LinkError(`"${printable(text)}" in the link is not percent-encoded text.`);
  }
}
