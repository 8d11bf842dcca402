import type { Described } from "../worker/protocol";

/** How large the network is: `12,345 parameters`; null if it cannot be built here. */
export function sizeText({ parameters }: Pick<Described, "parameters">): string | null {
  return parameters === null ? null : `${parameters.toLocaleString("en")} parameters`;
}
