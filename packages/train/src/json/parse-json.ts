import { printable } from "../experiment/printable";
import { JsonError } from "./json-error";

/** The deepest nesting that a file of ours has, twice over. */
const deepest = 16;

/**
 * Parses JSON from somebody else, strictly: nested at most 16 deep, no key twice in one object, of
 * which parsers keep different ones, and no key `__proto__`, which an assignment would obey.
 *
 * @param maxLength the most characters that the text may have
 * @throws JsonError in a sentence
 */
export function parseJson(text: string, maxLength: number): unknown {
  if (text.length > maxLength) {
    throw new JsonError(`It has ${text.length} characters; allowed are ${maxLength}.`);
  }
  checkKeys(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonError("It is not JSON.");
  }
}

/** Looks at depth and keys; what it finds in text that is no JSON does not matter. */
function checkKeys(text: string): void {
  // The keys seen in each object that is open; null for a list.
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '"': {
        const end = stringEnd(text, i);
        const keys = open.at(-1);
        if (isKeyNext && keys) addKey(keys, text.slice(i, end + 1));
        isKeyNext = false;
        i = end;
        break;
      }
      case "{":
      case "[":
        if (open.length === deepest) throw new JsonError(`It is nested more than ${deepest} deep.`);
        isKeyNext = text[i] === "{";
        open.push(isKeyNext ? new Set() : null);
        break;
      case "}":
      case "]":
        open.pop();
        isKeyNext = false;
        break;
      case ",":
        isKeyNext = open.at(-1) instanceof Set;
        break;
    }
  }
}

/** Where the string that begins at `start` has its closing quote. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}

function addKey(keys: Set<string>, quoted: string): void {
  let key: string;
  try {
    key = JSON.parse(quoted) as string;
  } catch {
    throw new JsonError("It is not JSON.");
  }
  if (key === "__proto__") throw new JsonError("It has a key __proto__, which is not allowed.");
  if (keys.has(key)) throw new JsonError(`It has the key "${printable(key)}" twice in one object.`);
  keys.add(key);
}
