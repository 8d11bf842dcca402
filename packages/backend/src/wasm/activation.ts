/**
 * The activations by number. Both the host (TypeScript) and the module (AssemblyScript,
 * `assembly/activation.ts`) read this file.
 */
export enum Activation {
  Linear = 0,
  Relu = 1,
  /** In its tanh form. */
  Gelu = 2,
  Silu = 3,
  Tanh = 4,
  Square = 5,
}
