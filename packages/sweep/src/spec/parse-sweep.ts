import { CST, Lexer, parseDocument } from "yaml";
import { SweepError } from "../sweep-error";
import { checkSweep } from "./check";
import { sweepLimits as limits } from "./limits";
import { type Sweep, useSchema } from "./spec";
import type { SweepOptions } from "./sweep-options";
import { aliasFault, yamlFault } from "./yaml-fault";

/**
 * Reads a sweep that was written as YAML (or JSON, which is YAML too).
 *
 * @throws SweepError in one sentence, for text that is no YAML, too long or too deep, for data that is
 *   no sweep, and for one that uses extensions if none are given
 */
export function parseSweep(text: string, options: SweepOptions = {}): Sweep {
  return checkSweep(readYaml(text), options);
}

/**
 * The files of extensions that a sweep's text names under `use`, relative to the sweep's own; reading
 * them runs nothing.
 *
 * @throws SweepError for text that is no YAML, too long or too deep, or names no files there
 */
export function extensionsUsedBy(text: string): string[] {
  const data = readYaml(text);
  if (typeof data !== "object" || data === null || !("use" in data)) return [];
  const { success, data: files, error } = useSchema.safeParse(data.use);
  if (success) return files;
  throw new SweepError(`use ${error.issues[0]?.message}.`, { cause: error });
}

/** A sweep's text without its `use`, for a place that has the extensions, but not their files. */
export function withoutUse(text: string): string {
  if (extensionsUsedBy(text).length === 0) return text;
  const document = parseDocument(text);
  document.delete("use");
  return document.toString({ lineWidth: 0 });
}

function readYaml(text: string): unknown {
  if (text.length > limits.length) {
    throw new SweepError(
      `A sweep's file may have ${limits.length.toLocaleString("en-US")} characters, not ${text.length.toLocaleString("en-US")}.`,
    );
  }
  checkDepth(text);
  const document = parseDocument(text, {
    logLevel: "error",
    uniqueKeys: true,
    prettyErrors: true,
  });
  // What the parser only warns of, such as a tag it does not know, would read as something else.
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) throw new SweepError(yamlFault(text, error), { cause: error });
  try {
    return document.toJS({ maxAliasCount: limits.aliases });
  } catch (cause) {
    const [, unknown] = /^Unresolved alias .*: (.*)$/s.exec((cause as Error).message) ?? [];
    const sentence =
      unknown === undefined
        ? `The sweep's aliases (*NAME) come to more than ${limits.aliases} copies of one part.`
        : aliasFault(unknown);
    throw new SweepError(sentence, { cause });
  }
}

/** The parser recurses into what is nested; its lexer does not, and so can look first. */
function checkDepth(text: string): void {
  let flow = 0;
  let onLine = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === "flow-seq-start" || type === "flow-map-start") flow++;
    else if (type === "flow-seq-end" || type === "flow-map-end") flow--;
    else if (type === "seq-item-ind" || type === "explicit-key-ind") onLine++;
    else if (type === "newline") onLine = 0;
    const isIndented = isLineStart && type === "space" && token.length > limits.columns;
    isLineStart = type === "newline";
    if (flow + onLine > limits.depth || isIndented) {
      throw new SweepError(`The sweep nests deeper than ${limits.depth} levels.`);
    }
  }
}
