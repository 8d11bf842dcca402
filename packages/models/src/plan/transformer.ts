import type { TokenBatch } from "../batch";
import type { Plan } from "../network/network";
import type { TransformerConfig } from "../transformer/config";
import { type LayerPlan, planLayer } from "./layer";
import { type Prefixes, separatePrefixes, sharedPrefixes } from "./prefixes";
import type { Shortcuts } from "./shortcuts";
import { prefixInputs, tokenTable } from "./token-table";

/** Which rows a transformer works on for a batch, and how they refer to each other. */
export interface TransformerPlan extends Plan {
  kind: "transformer";
  /** Whether equal prefixes have rows of their own, so that features may be dropped out. */
  separate: boolean;
  /** Rows of the first layer's input. */
  inputRows: number;
  /** Token of each; absent where they are the whole vocabulary in order. */
  tokens?: Int32Array;
  /** Position of each, where positions are added to embeddings. */
  positions?: Int32Array;
  /** One per layer. */
  layers: LayerPlan[];
  /** The last layer's row behind each answer; absent where it is the row of the same number. */
  answers?: Int32Array;
  /** Answers: sequences times answer positions. */
  outputs: number;
  /** Given if each layer has a row for each position of each sequence, in order. */
  plain?: { size: number; length: number };
}

/**
 * Plans a transformer's forward pass, leaving out what the answers do not need.
 *
 * @param dropout whether dropout acts: then equal prefixes differ, and are not shared
 */
export function planTransformer(
  config: TransformerConfig,
  { tokens, size, length, answerPositions }: TokenBatch,
  shortcuts: Shortcuts,
  dropout: boolean,
): TransformerPlan {
  const depth = shortcuts.answerOnly ? (answerPositions.at(-1) as number) + 1 : length;
  const withPositions = config.positions.kind !== "rotary";
  const separate = dropout || !shortcuts.sharedPrefixes;
  const prefixes = separate
    ? separatePrefixes(size, depth)
    : sharedPrefixes(tokens, size, length, depth, config.vocabulary);
  const input = shortcuts.tokenTables
    ? tokenTable(tokens, size, length, depth, config.vocabulary, withPositions)
    : {
        ...prefixInputs(tokens, length, depth, prefixes.first, withPositions),
        at: prefixes.at,
      };
  const answers = readPrefixes(prefixes, size, answerPositions);
  const layers: LayerPlan[] = [];
  for (let layer = 0; layer < config.layers; layer++) {
    const [rows, at] = layer === 0 ? [input.rows, input.at] : [prefixes.count, prefixes.at];
    const last = layer === config.layers - 1;
    const like = layer > 1 && !last ? layers[1] : undefined;
    const outputs = last && shortcuts.answerOnly ? answers.prefixes : undefined;
    layers.push(like ?? planLayer(prefixes, rows, at, outputs));
  }
  return {
    kind: "transformer",
    separate,
    inputRows: input.rows,
    tokens: input.tokens,
    positions: input.positions,
    layers,
    answers: shortcuts.answerOnly
      ? answers.order
      : answers.prefixes && inOrder(answers, prefixes.count),
    outputs: size * answerPositions.length,
    ...(takesNone(shortcuts) ? { plain: { size, length } } : {}),
  };
}

function takesNone(shortcuts: Shortcuts): boolean {
  return Object.values(shortcuts).every((isTaken) => !isTaken);
}

/** The prefixes that are read, each once, and which of them each answer is. */
interface ReadPrefixes {
  prefixes: Int32Array;
  /** Absent where answer i is the i-th of them. */
  order?: Int32Array;
}

function readPrefixes(
  { at, count, depth }: Prefixes,
  size: number,
  answerPositions: readonly number[],
): ReadPrefixes {
  const number = new Int32Array(count).fill(-1);
  const prefixes = new Int32Array(size * answerPositions.length);
  const order = new Int32Array(size * answerPositions.length);
  let found = 0;
  let answer = 0;
  for (let sequence = 0; sequence < size; sequence++) {
    for (const read of answerPositions) {
      const prefix = at[sequence * depth + read] as number;
      if (number[prefix] === -1) {
        number[prefix] = found;
        prefixes[found++] = prefix;
      }
      order[answer++] = number[prefix] as number;
    }
  }
  if (found === order.length) return { prefixes };
  return { prefixes: prefixes.slice(0, found), order };
}

/** The answers' prefixes where the last layer gives all prefixes in order. */
function inOrder({ prefixes, order }: ReadPrefixes, count: number): Int32Array | undefined {
  const rows = order === undefined ? prefixes : order.map((i) => prefixes[i] as number);
  const identity = rows.length === count && rows.every((row, i) => row === i);
  return identity ? undefined : rows;
}
