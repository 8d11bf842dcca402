/** Work that the answers do not need and a forward pass may leave out; the results are the same. */
export interface Shortcuts {
  /** Compute a prefix that several sequences of a batch have in common once. */
  sharedPrefixes: boolean;
  /** Compute the last layer's queries and what follows them only where answers are read. */
  answerOnly: boolean;
  /** Compute what only depends on a token (and its position) once per distinct one. */
  tokenTables: boolean;
}

/** None of them: every position of every example has a row of its own. */
export const noShortcuts: Shortcuts = {
  sharedPrefixes: false,
  answerOnly: false,
  tokenTables: false,
};

/** All of them, or all but those switched off. */
export function resolveShortcuts(shortcuts: Partial<Shortcuts> = {}): Shortcuts {
  return { sharedPrefixes: true, answerOnly: true, tokenTables: true, ...shortcuts };
}
