import type { TableScene } from "../../network/scene";
import type { AnswersView, PairLook } from "../../network/view";
import type { Pair } from "../inside";

/** An input of the table, and what is right for it. */
export interface Input {
  /** "3 ÷ 5 = 20", "r1 ∘ r0s = r1s" */
  readonly text: string;
  /** Null if there is no such pair. */
  readonly answer: number | null;
  readonly isTrained: boolean;
}

/** See {@link Input}. */
export function inputOf(table: TableScene, { a, b }: Pair): Input {
  const cell = a * table.size + b;
  const answer = table.answers[cell] ?? -1;
  const { names, operator } = table;
  const equation = `${names[a]} ${operator} ${names[b]}`;
  return answer < 0
    ? { text: `${equation} is not asked`, answer: null, isTrained: false }
    : { text: `${equation} = ${names[answer]}`, answer, isTrained: table.train[cell] === 1 };
}

/** An answer that the network considers. */
export interface Candidate {
  readonly name: string;
  /** Its probability. */
  readonly share: number;
  /** The network's output for it; null if only probabilities are kept. */
  readonly output: number | null;
  readonly isRight: boolean;
}

/** The answers that a view holds of an input, the likeliest first. */
export function leadingAnswers(view: AnswersView, table: TableScene, pair: Pair): Candidate[] {
  const { answer } = inputOf(table, pair);
  const cell = pair.a * table.size + pair.b;
  if (answer === null) return [];
  return Array.from({ length: view.depth }, (_, i) => {
    const at = cell * view.depth + i;
    const index = view.classes[at] as number;
    return candidate(table, index, answer, {
      share: (view.shares[at] as number) / 255,
      output: null,
    });
  });
}

/** The likeliest answers by the logits of an input. */
export function answersByLogits(
  { logits, a, b }: PairLook,
  table: TableScene,
  count: number,
): Candidate[] {
  const { answer } = inputOf(table, { a, b });
  const top = logits.reduce((most, logit) => Math.max(most, logit), Number.NEGATIVE_INFINITY);
  const weights = Array.from(logits, (logit) => Math.exp(logit - top));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return [...weights.keys()]
    .sort((i, j) => (weights[j] as number) - (weights[i] as number))
    .slice(0, count)
    .map((index) =>
      candidate(table, index, answer ?? -1, {
        share: (weights[index] as number) / sum,
        output: logits[index] as number,
      }),
    );
}

function candidate(
  table: TableScene,
  index: number,
  answer: number,
  how: Pick<Candidate, "share" | "output">,
): Candidate {
  const element = index - table.firstClass;
  const isElement = element >= 0 && element < table.size;
  return {
    name: isElement ? (table.names[element] as string) : `sign ${index}`,
    ...how,
    isRight: element === answer,
  };
}
