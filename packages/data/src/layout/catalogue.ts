import { permutationCount } from "../operation/permutations";
import { requireNamed } from "../requirement";
import { tokenShape } from "../task/batch-of";
import type { Cell, Equation, Layout } from "./layout";

const a: Cell = { element: "a", offset: 0 };
const b: Cell = { element: "b", offset: 0 };
const c: Cell = { element: "c", offset: 0 };

/** A layout with the answer read once, at position `read`. */
function single(tokens: Cell[], read: number, vocabulary: number, classes: number): Layout {
  const shape = tokenShape({ length: tokens.length, answerPositions: [read], vocabulary, classes });
  return { tokens, labels: [c], ...shape };
}

/**
 * `[a, op, b, =]`, answer read at `=`: stockeh/mlx-grokking, and menonpg/tiny-transformers
 * (`tiny-modular`). With n elements, every operation is id n and `=` is n + 1.
 */
function mlx({ elements: n }: Equation): Layout {
  return single([a, n, b, n + 1], 3, n + 2, n + 2);
}

/**
 * `[a, op, b, =, c]`, answer read at `=`: JohanLi233/grokking after Power et al. 2022.
 *
 * The answer itself is fed at position 4, behind the one position that is read; that is harmless
 * only under a causal mask.
 */
function power({ elements: n }: Equation): Layout {
  return single([a, n, b, n + 1, c], 3, n + 2, n + 2);
}

/** The id of each operation in openai/grok: the 20 names known there, sorted, from 2; `*1` is `*` with fewer pairs. */
const openaiIds: ReadonlyMap<string, number> = new Map([
  ["/-", 2],
  ["*", 3],
  ["*1", 3],
  ["+", 6],
  ["+*", 7],
  ["+-", 8],
  ["-", 9],
  ["/", 10],
  ["s5", 13],
  ["s5aba", 14],
  ["s5conj", 15],
  ["x2+xy+y2+x", 17],
  ["x2+xy+y2", 18],
  ["x2+y2", 19],
  ["x3+xy2+y", 20],
  ["x3+xy", 21],
]);

/**
 * `<eos> a op b = c`, with c read at `=` and `<eos>` at c: openai/grok.
 *
 * One vocabulary for all operations: `<eos>`, `=`, 20 operations (five of them are not here), p
 * numbers, 120 permutations: 239 for p = 97. Loss and accuracy are over c and `<eos>`.
 */
function openai({ operation, set, p }: Equation): Layout {
  if (operation === "") {
    throw new RangeError(
      "The layout openai has tokens for named operations only, and this one has no name there: take another layout.",
    );
  }
  const eos = 0;
  const equals = 1;
  const numbers = 22;
  const offset = set === "S5" ? numbers + p : numbers;
  const answer: Cell = { element: "c", offset };
  const vocabulary = numbers + p + permutationCount;
  return {
    tokens: [
      eos,
      { element: "a", offset },
      requireNamed("operation of the layout openai", operation, openaiIds),
      { element: "b", offset },
      equals,
      answer,
    ],
    labels: [answer, eos],
    ...tokenShape({ length: 6, answerPositions: [4, 5], vocabulary, classes: vocabulary }),
  };
}

/** `[a, b, =]`, answer read at `=`, with n + 1 classes: Nanda et al. 2023. */
function nanda({ elements: n }: Equation): Layout {
  return single([a, b, n], 2, n + 1, n + 1);
}

/**
 * `[a, b]` for an MLP on a shared embedding, with n classes: taot/grokking-lab. An MLP takes both
 * tokens at once; its answer counts as read at the last.
 */
function pair({ elements: n }: Equation): Layout {
  return single([a, b], 1, n, n);
}

/** `[a, n + b]`: the places of the ones in one-hot(a) ⊕ one-hot(b), for an MLP without embedding. */
function oneHot({ elements: n }: Equation): Layout {
  return single([a, { element: "b", offset: n }], 1, 2 * n, n);
}

/** Every layout's name. */
export type LayoutName = "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";

const makers: Record<LayoutName, (equation: Equation) => Layout> = {
  mlx,
  power,
  openai,
  nanda,
  pair,
  "one-hot": oneHot,
};

const byName: ReadonlyMap<string, (equation: Equation) => Layout> = new Map(Object.entries(makers));

/** The names of the layouts, in the order in which a help text lists them. */
export const layoutNames = Object.keys(makers) as readonly LayoutName[];

/**
 * The layout of that name for an equation.
 *
 * @throws RangeError that lists the names, if there is none
 */
export function findLayout(name: string, equation: Equation): Layout {
  return requireNamed("layout", name, byName)(equation);
}
