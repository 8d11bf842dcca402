import type { ActivationKind } from "@grok/ops";
import type { Node } from "../node";
import type { Value } from "../value";

/** A factor of a product: `value[offset + batch·batchStride + row·rowStride + column·columnStride]`. */
export interface Factor {
  /** Ones if there is none: the product then sums the other's rows up. */
  value: Value | undefined;
  rowStride: number;
  columnStride: number;
  batchStride: number;
  offset: number;
  /** Multiplies each element by the derivative of an activation at the same element of `at`. */
  derivative?: { kind: ActivationKind; at: Value };
}

/** One product of a sum. */
export interface Term {
  a: Factor; // [m, inner]
  b: Factor; // [inner, n]
  inner: number;
}

/** out = activation(alpha·Σ A·B + bias) + addend */
export interface MatmulSpec {
  terms: Term[];
  m: number;
  n: number;
  batch: number;
  alpha: number;
  bias?: Value | undefined; // [n]
  activation: ActivationKind;
  /** Also keeps what the activation is applied to. */
  preactivation?: Value | undefined; // [batch, m, n]
  addend?: Value | undefined; // [batch, m, n]
  out: Value; // [batch, m, n]
}

/** A matrix in memory by rows, as a factor; `transpose` takes its columns for rows. */
export function matrix(
  value: Value | undefined,
  columns: number,
  {
    transpose = false,
    batchStride = 0,
    offset = 0,
    derivative,
  }: {
    transpose?: boolean;
    batchStride?: number;
    offset?: number;
    derivative?: Factor["derivative"];
  } = {},
): Factor {
  const [rowStride, columnStride] = transpose ? [1, columns] : [columns, 1];
  return { value, rowStride, columnStride, batchStride, offset, derivative };
}

/** A row of ones, for sums of columns. */
export const ones: Factor = {
  value: undefined,
  rowStride: 0,
  columnStride: 0,
  batchStride: 0,
  offset: 0,
};

/** All that a job reads, once each. */
export function inputsOf({ terms, bias, addend }: MatmulSpec): Value[] {
  const all = terms.flatMap(({ a, b }) => [a.value, a.derivative?.at, b.value, b.derivative?.at]);
  return [...new Set([...all, bias, addend])].filter((value) => value !== undefined);
}

/** All that a job makes. */
export function outputsOf({ out, preactivation }: MatmulSpec): Value[] {
  return preactivation === undefined ? [out] : [out, preactivation];
}

/** A matrix product that is recorded. */
export class ProductNode implements Node {
  readonly spec: MatmulSpec;
  readonly #maxBuffers: number;

  constructor(spec: MatmulSpec, maxBuffers: number) {
    this.spec = spec;
    this.#maxBuffers = maxBuffers;
  }

  reads(): Value[] {
    return inputsOf(this.spec);
  }

  writes(): Value[] {
    return outputsOf(this.spec);
  }

  calls(): never[] {
    return [];
  }

  absorb(made: Value, other: Value, sum: Value): boolean {
    const { spec } = this;
    if (made !== spec.out || spec.addend !== undefined) return false;
    if (this.reads().length + this.writes().length + 1 > this.#maxBuffers) return false;
    spec.addend = other;
    spec.out = sum;
    return true;
  }

  /** Adds another job's sum of products to this one's; false if they do not fit. */
  merge(other: ProductNode, sum: Value): boolean {
    const [mine, theirs] = [this.spec, other.spec];
    const isPlain = (spec: MatmulSpec) =>
      spec.activation === "none" && spec.bias === undefined && spec.preactivation === undefined;
    if (!isPlain(mine) || !isPlain(theirs)) return false;
    if (mine.addend !== undefined && theirs.addend !== undefined) return false;
    if (mine.m !== theirs.m || mine.n !== theirs.n) return false;
    if (mine.batch !== 1 || theirs.batch !== 1 || mine.alpha !== theirs.alpha) return false;
    const terms = [...theirs.terms, ...mine.terms];
    const addend = mine.addend ?? theirs.addend;
    const merged = { ...mine, terms, addend, out: sum };
    if (inputsOf(merged).length + 1 > this.#maxBuffers) return false;
    Object.assign(mine, merged);
    return true;
  }
}
