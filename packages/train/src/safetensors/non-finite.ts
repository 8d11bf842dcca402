import type { StoredTensor } from "./format";

/** The values of one tensor that are no numbers to compute with. */
export interface NonFinite {
  name: string;
  nan: number;
  infinite: number;
  /** Where the first of them lies, in row-major order. */
  first: number;
}

/** Finds NaN and infinities: the tensors that have any, with how many and where the first is. */
export function findNonFinite(tensors: ReadonlyMap<string, StoredTensor>): NonFinite[] {
  const found: NonFinite[] = [];
  for (const [name, { data }] of tensors) {
    let nan = 0;
    let infinite = 0;
    let first = -1;
    for (const [i, value] of data.entries()) {
      if (Number.isFinite(value)) continue;
      if (first < 0) first = i;
      if (Number.isNaN(value)) nan++;
      else infinite++;
    }
    if (first >= 0) found.push({ name, nan, infinite, first });
  }
  return found;
}
