declare global {
  /**
   * The tensors of tfjs, in a program that has its types: {@link TfjsTensors} of `@grok/ops` says
   * which. Empty in other programs.
   */
  interface GrokTensors {}

  // What signatures name and a program without the types of the DOM and of Node lacks; zod's, too.
  interface AbortSignal {}
  interface URL {}
}

/** The tensor of a name: tfjs's in a program that has its types, ours in another. */
type Known<Name extends string, Own> = GrokTensors extends { [_ in Name]: infer T } ? T : Own;

type Values = Float32Array | Int32Array | Uint8Array;

/** What can be done with a tensor of tfjs without the types of tfjs. */
interface OwnTensor<Shape extends number[], Nested> {
  readonly id: number;
  readonly shape: Shape;
  readonly rank: number;
  /** Number of elements. */
  readonly size: number;
  readonly dtype: "float32" | "int32" | "bool" | "complex64" | "string";
  readonly isDisposed: boolean;
  /** Reads the elements, row by row. */
  data(): Promise<Values>;
  /** As {@link data}, and waits; not on a graphics device. */
  dataSync(): Values;
  /** Reads the elements as nested arrays. */
  array(): Promise<Nested>;
  /** As {@link array}, and waits; not on a graphics device. */
  arraySync(): Nested;
  print(verbose?: boolean): void;
  toString(verbose?: boolean): string;
  /** Frees its memory. */
  dispose(): void;
}

type Two = number[][];
type Four = Two[][];
type Nested = number | number[] | Two | Two[] | Four | Four[] | Four[][];

/** A tensor of any rank: tfjs's type in a program that has the types of `@grok/ops`. */
export type Tensor = Known<"Tensor", OwnTensor<number[], Nested>>;

/** As {@link Tensor}, of one number. */
export type Scalar = Known<"Scalar", OwnTensor<[], number>>;

/** As {@link Tensor}, of one dimension. */
export type Tensor1D = Known<"Tensor1D", OwnTensor<[number], number[]>>;

/** As {@link Tensor}, of two dimensions. */
export type Tensor2D = Known<"Tensor2D", OwnTensor<[number, number], Two>>;

/** As {@link Tensor}, of four dimensions. */
export type Tensor4D = Known<"Tensor4D", OwnTensor<[number, number, number, number], Four>>;
