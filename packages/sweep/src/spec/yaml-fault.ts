import type { YAMLError } from "yaml";

/** What was wrong, by the parser's codes; others are a matter of structure. */
const reasons: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "this key is there twice",
  MULTIPLE_DOCS: "a second document begins there, and a file has one",
  TAB_AS_INDENT: "it is indented with a tab, and YAML takes spaces",
  MISSING_CHAR: "a quote, a comma or a bracket is missing",
  BAD_INDENT: "its indentation does not fit the lines above, or a bracket is not closed",
  BLOCK_AS_IMPLICIT_KEY: "it has two colons, or its indentation does not fit the line above",
  MULTILINE_IMPLICIT_KEY: "its indentation does not fit the line above",
  RESOURCE_EXHAUSTION: "it is too large",
  BAD_DQ_ESCAPE: "in double quotes a backslash begins an escape; single quotes take it as it is",
  BAD_ALIAS: "an asterisk begins an alias; to say the text, quote it",
  BAD_DIRECTIVE: "a line that begins with % is a directive; to say the text, quote it",
  BAD_SCALAR_START: "a text that begins like this needs quotes",
  UNEXPECTED_TOKEN:
    "a text or a bracket is where none can be; a text with such characters needs quotes",
};

/** A value that begins with a character which YAML itself uses, up to where the value ends. */
const unquoted = /(?:^|[:[,{]\s*|-\s+)([-*&!%@`|>?](?=[\s,\]}]|$)[^\s,\]}]*|[*&!%@`][^\s,\]}]*)/;

/** The longest part of a line that a sentence repeats. */
const longestPart = 60;

/**
 * What is wrong with a file that cannot be read as YAML: the line, and what to write instead.
 *
 * @param error the parser's first
 */
export function yamlFault(text: string, { code, linePos }: YAMLError): string {
  const line = linePos?.[0].line ?? 1;
  const content = (text.split("\n")[line - 1] ?? "").trim().slice(0, longestPart);
  const where = `Line ${line} of the sweep${content === "" ? "" : ` (${content})`} cannot be read as YAML`;
  const [, value] = unquoted.exec(content) ?? [];
  if (value !== undefined && code !== "DUPLICATE_KEY" && code !== "MULTIPLE_DOCS") {
    return `${where}: ${quoteIt(value)}.`;
  }
  return `${where}: ${reasons[code] ?? "it does not fit what stands above it"}.`;
}

/**
 * What is wrong with an alias that names nothing, which the parser finds without a place.
 *
 * @param name what follows the asterisk
 */
export function aliasFault(name: string): string {
  return `The sweep cannot be read as YAML: ${quoteIt(`*${name.slice(0, longestPart)}`)}.`;
}

function quoteIt(value: string): string {
  return `${value.charAt(0)} has a meaning of its own there; to say the text, quote it: "${value}"`;
}
