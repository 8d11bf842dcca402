/** The nonlinearities; `none` is the identity, `gelu` the tanh form. */
export const activationKinds = ["none", "relu", "gelu", "silu", "tanh", "square"] as const;

/** See {@link activationKinds}. */
export type ActivationKind = (typeof activationKinds)[number];
