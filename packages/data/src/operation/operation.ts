/** A binary operation on the elements 0 … n−1 of a finite set. */
export interface Operation {
  /** What it is called on the command line. */
  readonly name: string;
  /** One sentence: what c is. */
  readonly description: string;
  /** The residues modulo p (p elements), or the permutations of five things (120 elements). */
  readonly set: "Z_p" | "S5";
  /** Whether p must be prime, because the operation divides. */
  readonly needsPrime: boolean;
  /** The least right operand: 1 where b = 0 has no answer. */
  readonly firstB: 0 | 1;
  /** c, for elements a and b; p is read by operations on Z_p only. */
  apply(a: number, b: number, p: number): number;
}

/** An operation whose name the types know. */
export interface Named<N extends string> extends Operation {
  readonly name: N;
}
