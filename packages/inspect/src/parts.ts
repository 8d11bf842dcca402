import { type Batch, gather } from "@grok/data";
import type { Network, Plan, TokenBatch } from "@grok/models";
import { checkSubject, type Subject } from "./subject";

/** Examples that pass the network together: enough for speed, few enough for any memory. */
const mostExamples = 4096;

/** Some of a subject's examples, all trained on or none. */
export interface Part {
  readonly batch: TokenBatch;
  /** Which rows of the subject's examples they are, [size]. */
  readonly rows: Int32Array;
  /** [size · answers] */
  readonly labels: Int32Array;
  readonly isTrained: boolean;
  /** A plan with a row for each position of each example. */
  readonly plain: Plan;
  /** A plan that leaves out what the answers do not need. */
  readonly quick: Plan;
}

interface KnownParts {
  train: Int32Array | undefined;
  parts: Part[];
}

const known = new WeakMap<Network, WeakMap<Batch, KnownParts>>();

/**
 * A subject's examples in parts, those trained on first. They are kept with network and examples, so that a
 * network that is looked at again and again plans each part once.
 */
export function partsOf(subject: Subject): readonly Part[] {
  const { network, examples, train } = subject;
  const ofNetwork = known.get(network) ?? new WeakMap<Batch, KnownParts>();
  known.set(network, ofNetwork);
  const found = ofNetwork.get(examples);
  if (found !== undefined && found.train === train) return found.parts;
  checkSubject(subject);
  const trained = new Uint8Array(examples.size);
  for (const row of train ?? []) trained[row] = 1;
  const all = Int32Array.from({ length: examples.size }, (_, row) => row);
  const parts = [1, 0].flatMap((isTrained) => {
    const rows = all.filter((row) => trained[row] === isTrained);
    return Array.from({ length: Math.ceil(rows.length / mostExamples) }, (_, i) =>
      partOf(subject, rows.slice(i * mostExamples, (i + 1) * mostExamples), isTrained === 1),
    );
  });
  ofNetwork.set(examples, { train, parts });
  return parts;
}

function partOf(subject: Subject, rows: Int32Array, isTrained: boolean): Part {
  const { network, examples, length, answerPositions } = subject;
  const { tokens, features, labels, size } = gather(examples, rows);
  const batch = { tokens, features, size, length, answerPositions };
  let [plain, quick]: [Plan | undefined, Plan | undefined] = [undefined, undefined];
  return {
    batch,
    rows,
    labels,
    isTrained,
    get plain() {
      plain ??= network.plan(batch, { points: true });
      return plain;
    },
    get quick() {
      quick ??= network.plan(batch);
      return quick;
    },
  };
}
