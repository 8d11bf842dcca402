import type { ActivationKind } from "@grok/ops";
import type { Node } from "../node";
import type { Value } from "../value";

/** A factor of a product: `value[offset + batch·batchStride + row·rowStride + column·columnStride]`. */
export interface Factor {
  /** Ones where there is none: the product then sums the other's rows up. */
  value: Value | undefined;
  rowStride: number;
  columnStride: number;
  batchStride: number;
  offset: number;
  /** Multiplies each element by the derivative of an activation at the same element of `at`. */
  slope?: { kind: ActivationKind; at: Value };
}

/** One product of a sum. */
export interface Term {
  a: Factor; // [m, inner]
  b: Factor; // [inner, n]
  inner: number;
}

/** out = activation(alpha·Σ A·B + bias) + addend */
export interface Job {
  terms: Term[];
  m: number;
  n: number;
  batch: number;
  alpha: number;
  bias?: Value | undefined; // [n]
  activation: ActivationKind;
  /** Also keeps what the activation is applied to. */
  before?: Value | undefined; // [batch, m, n]
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
    slope,
  }: {
    transpose?: boolean;
    batchStride?: number;
    offset?: number;
    slope?: Factor["slope"];
  } = {},
): Factor {
  const [rowStride, columnStride] = transpose ? [1, columns] : [columns, 1];
  return { value, rowStride, columnStride, batchStride, offset, slope };
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
export function inputsOf({ terms, bias, addend }: Job): Value[] {
  const all = terms.flatMap(({ a, b }) => [a.value, a.slope?.at, b.value, b.slope?.at]);
  return [...new Set([...all, bias, addend])].filter((value) => value !== undefined);
}

/** All that a job makes. */
export function outputsOf({ out, before }: Job): Value[] {
  return before === undefined ? [out] : [out, before];
}

/** A matrix product that is recorded. */
export class ProductNode implements Node {
  readonly job: Job;
  readonly #mostBuffers: number;

  constructor(job: Job, mostBuffers: number) {
    this.job = job;
    this.#mostBuffers = mostBuffers;
  }

  reads(): Value[] {
    return inputsOf(this.job);
  }

  writes(): Value[] {
    return outputsOf(this.job);
  }

  calls(): never[] {
    return [];
  }

  absorb(made: Value, other: Value, sum: Value): boolean {
    const { job } = this;
    if (made !== job.out || job.addend !== undefined) return false;
    if (this.reads().length + this.writes().length + 1 > this.#mostBuffers) return false;
    job.addend = other;
    job.out = sum;
    return true;
  }

  /** Adds another job's sum of products to this one's; false where they do not fit. */
  merge(other: ProductNode, sum: Value): boolean {
    const [mine, theirs] = [this.job, other.job];
    const isPlain = (job: Job) =>
      job.activation === "none" && job.bias === undefined && job.before === undefined;
    if (!isPlain(mine) || !isPlain(theirs)) return false;
    if (mine.addend !== undefined && theirs.addend !== undefined) return false;
    if (mine.m !== theirs.m || mine.n !== theirs.n) return false;
    if (mine.batch !== 1 || theirs.batch !== 1 || mine.alpha !== theirs.alpha) return false;
    const terms = [...theirs.terms, ...mine.terms];
    const addend = mine.addend ?? theirs.addend;
    const merged = { ...mine, terms, addend, out: sum };
    if (inputsOf(merged).length + 1 > this.#mostBuffers) return false;
    Object.assign(mine, merged);
    return true;
  }
}
