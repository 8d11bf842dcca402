/**
 * What a trouble asks for: `final` does not mend itself (a wrong password, a missing permission),
 * `passing` may (a connection, a failover), and `full` does as soon as memory is free.
 */
export type TroubleKind = "final" | "passing" | "full";

/** What went wrong between us and a store. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** Without the store's password. */
  readonly sentence: string;
}
