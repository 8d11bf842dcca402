/** Flags by the name that they were typed with. */
export type GivenFlags = Record<string, string | boolean>;
