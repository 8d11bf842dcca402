// The worker build: one file that bundlers take as it is.
import { DOMParser } from "linkedom/worker";

/** The parser of linkedom, a DOM for environments without one. What is built for pages has page-dom.ts instead. */
export const builtInParser: (new () => Pick<DOMParser, "parseFromString">) | undefined = DOMParser;
