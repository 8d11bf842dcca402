/** What a parameter is for; initialisation schemes tell parameters apart by it. */
export type ParameterRole =
  | "embedding"
  | "positions"
  | "gain"
  | "normBias"
  /** The query, key or value weight. */
  | "projection"
  /** Any bias inside attention. */
  | "attentionBias"
  | "weight"
  | "bias"
  | "unembedding";

/** A parameter before it has values. */
export interface ParameterSpecification {
  name: string;
  shape: number[];
  role: ParameterRole;
  /** Inputs of the linear map that the parameter belongs to; 1 where it belongs to none. */
  fanIn: number;
}
