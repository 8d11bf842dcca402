/**
 * The rows that a causal network works on: one per distinct prefix of a batch's sequences, or one
 * per (sequence, position) where prefixes are not shared.
 */
export interface Prefixes {
  /** How many there are. */
  count: number;
  /** Positions looked at, from the first. */
  depth: number;
  /** The prefix that ends at each position of each sequence, [sequences · depth]. */
  at: Int32Array;
  /** Per prefix, the first place in `at` where it occurs, [count]. */
  first: Int32Array;
}

/** A row per (sequence, position), none shared. */
export function separatePrefixes(size: number, depth: number): Prefixes {
  const count = size * depth;
  const at = new Int32Array(count);
  for (let i = 0; i < count; i++) at[i] = i;
  return { count, depth, at, first: at };
}

/**
 * The distinct prefixes of a batch. Two places share one if their sequences agree up to there; so a
 * prefix is known by the one before it and its last token.
 *
 * Numbered position by position, within one in order of first appearance.
 *
 * @param tokens [size · length]
 * @param depth how many positions count, at most `length`
 * @param vocabulary tokens are below it
 */
export function sharedPrefixes(
  tokens: Int32Array,
  size: number,
  length: number,
  depth: number,
  vocabulary: number,
): Prefixes {
  const at = new Int32Array(size * depth);
  const first = new Int32Array(size * depth);
  const pairs = size * vocabulary;
  const table = pairs <= maxListed ? new PairList(pairs) : new PairTable(size);
  let count = 0;
  let levelStart = 0;
  let parents = 1;
  for (let position = 0; position < depth; position++) {
    const previousStart = levelStart;
    levelStart = count;
    if (parents === size && position > 0) {
      // Sequences that have parted stay apart.
      for (let place = position; place < at.length; place += depth) {
        first[count] = place;
        at[place] = count++;
      }
      continue;
    }
    table.begin(count);
    for (let sequence = 0; sequence < size; sequence++) {
      const place = sequence * depth + position;
      const parent = position === 0 ? 0 : (at[place - 1] as number) - previousStart;
      const token = tokens[sequence * length + position] as number;
      const found = table.findOrAdd(parent * vocabulary + token, count);
      if (found === count) first[count++] = place;
      at[place] = found;
    }
    parents = count - levelStart;
  }
  return { count, depth, at, first: first.slice(0, count) };
}

/** At most this many pairs of a prefix and a token are listed, 4 MiB of them; more are hashed. */
const maxListed = 2 ** 20;

/** Numbers by whole-numbered keys, in a list of all keys; numbers grow from level to level. */
class PairList {
  private readonly values: Int32Array;
  private first = 0;

  constructor(keys: number) {
    this.values = new Int32Array(keys).fill(-1);
  }

  /** Forgets all numbers, which are below the coming ones. */
  begin(first: number): void {
    this.first = first;
  }

  /** The value stored for `key`; if there is none, `value`, which is stored. */
  findOrAdd(key: number, value: number): number {
    const found = this.values[key] as number;
    if (found >= this.first) return found;
    this.values[key] = value;
    return value;
  }
}

/** A hash table from whole numbers to whole numbers, for at most `capacity` keys. */
class PairTable {
  private readonly keys: Float64Array;
  private readonly values: Int32Array;
  private readonly mask: number;
  private readonly shift: number;

  constructor(capacity: number) {
    const bits = 1 + Math.ceil(Math.log2(Math.max(capacity, 1)));
    this.keys = new Float64Array(2 ** bits);
    this.values = new Int32Array(2 ** bits);
    this.mask = 2 ** bits - 1;
    this.shift = 32 - bits;
  }

  /** Forgets all numbers. */
  begin(_first: number): void {
    this.keys.fill(-1);
  }

  /** The value stored for `key`; if there is none, `value`, which is stored. */
  findOrAdd(key: number, value: number): number {
    let slot = Math.imul(key | 0, 0x9e3779b1) >>> this.shift;
    while (this.keys[slot] !== key) {
      if (this.keys[slot] === -1) {
        this.keys[slot] = key;
        this.values[slot] = value;
        return value;
      }
      slot = (slot + 1) & this.mask;
    }
    return this.values[slot] as number;
  }
}
