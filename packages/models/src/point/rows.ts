import { reshape } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { type PointHooks, passPoint } from "./at";

/**
 * How a part of a forward pass on matrices shows its points: users see [example, position, …] where the
 * network has a row for each position of each example.
 */
export class PointRows {
  /** Nobody looks. */
  static readonly none = new PointRows({}, 1);

  /** How a pass shows its points: in no way at all without hooks. */
  static of(hooks: PointHooks, length: number): PointRows {
    return Object.keys(hooks).length === 0 ? PointRows.none : new PointRows(hooks, length);
  }

  /**
   * @param length rows of an example, one after another
   * @param part what the names of the part's points begin with
   */
  constructor(
    private readonly hooks: PointHooks,
    readonly length: number,
    private readonly part = "",
  ) {}

  /** Whether anybody looks at the point. */
  wants(name: string): boolean {
    return this !== PointRows.none && this.hooks[this.part + name] !== undefined;
  }

  /**
   * Shows a tensor and gives what the pass continues with.
   *
   * @param x rows [examples · length, features], shown as [examples, length, ...inner]; what is no matrix
   *   is shown as it is
   * @param inner what the features are seen as; default [features]
   * @returns of the shape of `x`
   */
  pass(name: string, x: tf.Tensor, inner?: readonly number[]): tf.Tensor {
    if (!this.wants(name)) return x;
    if (x.rank !== 2) return passPoint(this.hooks, this.part + name, x);
    const [rows, features] = x.shape as [number, number];
    const seen = reshape(x, [rows / this.length, this.length, ...(inner ?? [features])]);
    const used = passPoint(this.hooks, this.part + name, seen);
    return used === seen ? x : reshape(used, x.shape);
  }

  /** The points of a part of the part. */
  within(part: string): PointRows {
    if (this === PointRows.none) return this;
    return new PointRows(this.hooks, this.length, `${this.part}${part}.`);
  }
}
