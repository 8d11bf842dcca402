/** The page's own parser; a worker has none. */
export const builtInParser = globalThis.DOMParser as typeof globalThis.DOMParser | undefined;
