import { type RandomStream, randomStream } from "../random/stream";
import { requireInteger } from "../requirement";
import { batchOf, tokenShape } from "./batch-of";
import {
  additionCurriculum,
  type Curriculum,
  curriculumDigits,
  requireCurriculum,
} from "./curriculum";
import type { Dataset, StreamTask } from "./task";

/** The ids of the tokens that are no digits; a digit is its own id. */
export const additionTokens = { plus: 10, equals: 11, pad: 12, eos: 13 } as const;

/** A test set of sums. */
export interface AdditionDataset extends Dataset {
  /** The operands of each example, `[size, 2]`; exact, as they are below 2⁵³. */
  readonly operands: Float64Array;
}

/** Addition of numbers with many digits; see {@link additionTask}. */
export interface AdditionTask extends StreamTask {
  /** How many digits an operand is padded to. */
  readonly digits: number;
  readonly curriculum: Curriculum;
  testSet(seed: number): AdditionDataset;
  /** Writes the given sums, operands as `[size, 2]`, each an integer in [0, 10^digits). */
  encode(operands: Float64Array): AdditionDataset;
}

/** What {@link additionTask} takes. */
export interface AdditionTaskOptions {
  /** Digits of an operand, 1 to 15 (sums stay exact in a double); 10 by default (gpt-acc-jax). */
  digits?: number;
  /** By default {@link additionCurriculum}, cut to `digits`. */
  curriculum?: Curriculum;
  /** The size of the test set; 10,000 by default (gpt-acc-jax). */
  testSize?: number;
}

/**
 * Addition digit by digit, after yhavinga/gpt-acc-jax: for d digits, the prompt
 * `A…A+B…B=` (operands padded with zeros, most significant digit first) is followed by the d + 1
 * digits of the sum, least significant first, and `<eos>`.
 *
 * Fed are the prompt and the d + 1 digits (3d + 3 tokens, 33 for ten digits); read are the d + 2
 * positions from `=` on (21 … 32). Ids: digits 0–9, `+` 10, `=` 11, `<pad>` 12 (never fed: all
 * examples have one length), `<eos>` 13.
 *
 * The training stream is infinite: per example the number of digits n is uniform in 1 … the
 * stage's digits, then both operands are uniform in [0, 10ⁿ). Test pairs are uniform in
 * [0, 10^digits). An example whose d + 2 answers are all right when each is predicted from the true
 * ones before it is the one that greedy decoding gets right.
 *
 * Chance is 1 / the number of sums, 2·10^digits − 1.
 *
 * @throws RangeError if the digits, the test size or the curriculum is out of bounds
 */
export function additionTask({
  digits = 10,
  curriculum: givenCurriculum,
  testSize = 10_000,
}: AdditionTaskOptions = {}): AdditionTask {
  requireInteger("The number of digits", digits, 1, 15);
  requireInteger("The size of the test set", testSize, 1);
  const curriculum = requireCurriculum(
    givenCurriculum ??
      additionCurriculum.map((stage) => ({ ...stage, digits: Math.min(stage.digits, digits) })),
    digits,
  );
  const shape = tokenShape({
    vocabulary: 14,
    classes: 14,
    length: 3 * digits + 3,
    answerPositions: Array.from({ length: digits + 2 }, (_, i) => 2 * digits + 1 + i),
  });
  const encode = (operands: Float64Array): AdditionDataset => {
    const size = requireInteger("The number of sums", operands.length / 2, 1);
    const most = 10 ** digits - 1;
    for (let i = 0; i < operands.length; i++) {
      requireInteger("An operand", operands[i] as number, 0, most);
    }
    const tokens = new Int32Array(size * shape.length); // [size, length]
    const labels = new Int32Array(size * shape.answerPositions.length); // [size, answerPositions]
    for (let i = 0; i < size; i++) {
      const row = i * shape.length;
      const label = i * (digits + 2);
      const first = operands[2 * i] as number;
      const second = operands[2 * i + 1] as number;
      const answer = row + 2 * digits + 2;
      writeDigits(tokens, row + digits - 1, -1, digits, first);
      tokens[row + digits] = additionTokens.plus;
      writeDigits(tokens, row + 2 * digits, -1, digits, second);
      tokens[answer - 1] = additionTokens.equals;
      writeDigits(tokens, answer, 1, digits + 1, first + second);
      for (let j = 0; j <= digits; j++) labels[label + j] = tokens[answer + j] as number;
      labels[label + digits + 1] = additionTokens.eos;
    }
    return { ...shape, ...batchOf({ tokens, labels, size }), operands };
  };
  return {
    kind: "stream",
    name: `addition of ${digits}-digit numbers`,
    chance: 1 / (2 * 10 ** digits - 1),
    ...shape,
    digits,
    curriculum,
    encode,
    stream: (seed, step, batchSize) => {
      requireInteger("The batch size", batchSize, 1);
      const random = randomStream(seed, "addition/train", step);
      const most = curriculumDigits(curriculum, step);
      return encode(draw(random, batchSize, () => 1 + random.integer(most)));
    },
    testSet: (seed) => encode(draw(randomStream(seed, "addition/test"), testSize, () => digits)),
  };
}

/** Operands `[size, 2]` of as many digits as `digits()` says for each example. */
function draw(random: RandomStream, size: number, digits: () => number): Float64Array {
  const operands = new Float64Array(2 * size);
  for (let i = 0; i < size; i++) {
    const bound = 10 ** digits();
    operands[2 * i] = random.integer(bound);
    operands[2 * i + 1] = random.integer(bound);
  }
  return operands;
}

/**
 * Writes the last `count` digits of an integer where zeros are, the least significant one at `at`, the
 * next at `at + step`.
 */
function writeDigits(
  tokens: Int32Array,
  at: number,
  step: number,
  count: number,
  value: number,
): void {
  // In halves that fit 32-bit integers, whose division is quick.
  let low = (value % 1e8) | 0;
  let high = ((value - low) / 1e8) | 0;
  for (let i = 0; i < count && low + high > 0; i++) {
    const rest = (low / 10) | 0;
    tokens[at + i * step] = low - 10 * rest;
    low = rest;
    if (i === 7) [low, high] = [high, 0];
  }
}
