import { findSlingshots } from "./slingshot";

/** What the watchdog reads of an evaluation; what is missing is not judged. */
export interface WatchRecord {
  step: number;
  train_loss: number;
  train_acc: number;
  val_loss: number;
  val_acc: number;
  /** √Σw² over all parameters. */
  weight_norm?: number | null;
  /** Share of training examples with a collapsed softmax, as `softmaxCollapse` gives it. */
  softmax_collapse?: number | null;
  /** Share of training examples whose loss is exactly 0. */
  zero_loss?: number | null;
  /** ‖g‖ of the training loss. */
  gradient_norm?: number | null;
}

/** What can be seen in a run. */
export type FindingName =
  | "not-finite"
  | "diverging"
  | "no-gradient"
  | "softmax-collapse"
  | "weights-vanishing"
  | "not-learning"
  | "waiting"
  | "waiting-without-decay"
  | "generalising"
  | "grokked"
  | "forgetting"
  | "slingshot";

/** Something that the watchdog sees. */
export interface Finding {
  readonly name: FindingName;
  readonly severity: "info" | "warning" | "error";
  /** The evaluation at which it is seen. */
  readonly step: number;
  /** A sentence for people. */
  readonly message: string;
}

/** Settings of {@link watch}; the thresholds are ours except those of memorising and grokking. */
export interface WatchOptions {
  /** The accuracy of guessing, 1 / answers. */
  chance: number;
  /** The validation accuracy that counts as grokked; default .95. */
  grokThreshold?: number;
  /** How many evaluations back "lately" reaches; default 10. */
  window?: number;
}

/** The training accuracy above which a run has memorised, as of `GrokDetector`. */
const memorised = 0.99;

/**
 * Names what a run is doing, from its evaluations so far, so that a flat line is not a riddle. The
 * rules, each judged at the last evaluation, with "lately" for the last `window` of them:
 *
 * | name | seen where |
 * |---|---|
 * | not-finite | a loss or the weight norm is NaN or infinite; nothing else is judged then |
 * | diverging | train_loss > 3 times the first one |
 * | no-gradient | gradient_norm is 0, or zero_loss ≥ .99 |
 * | softmax-collapse | softmax_collapse ≥ .5 before grokking |
 * | weights-vanishing | weight_norm < 1% of the first one and train_acc at most twice chance |
 * | not-learning | lately train_acc has stayed at most twice chance |
 * | waiting | memorised, lately val_acc below .5 and changed by less than .05, weight_norm falling |
 * | waiting-without-decay | the same, with the weight norm not falling by .1% lately |
 * | generalising | memorised, val_acc below the threshold and up by .05 or more lately |
 * | grokked | val_acc at or above the threshold |
 * | forgetting | val_acc was at the threshold and is below half of it |
 * | slingshot | lately a spike as `findSlingshots` finds it |
 *
 * @param records in the order of their steps
 * @returns what is seen, the gravest first; nothing for no records
 * @throws RangeError if the chance is not in (0, 1), or steps are not in order
 */
export function watch(
  records: readonly WatchRecord[],
  { chance, grokThreshold = 0.95, window = 10 }: WatchOptions,
): Finding[] {
  if (!(chance > 0 && chance < 1)) {
    throw new RangeError(`the chance of guessing right must be in (0, 1), not ${chance}`);
  }
  const slingshots = findSlingshots(records);
  const first = records[0];
  const last = records.at(-1);
  if (first === undefined || last === undefined) return [];
  const findings: Finding[] = [];
  const see = (severity: Finding["severity"], name: FindingName, message: string) =>
    findings.push({ name, severity, step: last.step, message });

  const numbers = {
    train_loss: last.train_loss,
    val_loss: last.val_loss,
    weight_norm: last.weight_norm,
  };
  const wrong = Object.entries(numbers).find(
    ([, value]) => value !== undefined && value !== null && !Number.isFinite(value),
  );
  if (wrong !== undefined) {
    see("error", "not-finite", `${wrong[0]} is ${wrong[1]}: the run cannot recover.`);
    return findings;
  }
  if (last.train_loss > 3 * first.train_loss) {
    see(
      "warning",
      "diverging",
      `The training loss is ${(last.train_loss / first.train_loss).toFixed(1)} times what it was at first: try a smaller learning rate.`,
    );
  }
  const grokked = last.val_acc >= grokThreshold;
  if (last.gradient_norm === 0 || (last.zero_loss ?? 0) >= 0.99) {
    see(
      "warning",
      "no-gradient",
      "The training loss is 0 in float32, so only weight decay moves the weights now.",
    );
  }
  if (!grokked && (last.softmax_collapse ?? 0) >= 0.5) {
    see(
      "warning",
      "softmax-collapse",
      `The softmax of ${percent(last.softmax_collapse)} of the training examples has collapsed in float32: they no longer teach. Weight decay or StableMax helps.`,
    );
  }
  const lately = records.slice(-window);
  const isFull = lately.length === window;
  const atChance = (accuracy: number) => accuracy <= 2 * chance;
  const shrunk = (last.weight_norm ?? Number.NaN) < 0.01 * (first.weight_norm ?? Number.NaN);
  if (shrunk && atChance(last.train_acc)) {
    see(
      "warning",
      "weights-vanishing",
      "The weights have shrunk to below 1% and the network only guesses: try less weight decay.",
    );
  } else if (isFull && lately.every(({ train_acc }) => atChance(train_acc))) {
    see(
      "warning",
      "not-learning",
      `For ${window} evaluations the network has only guessed, on its training examples too.`,
    );
  }
  if (records.some(({ val_acc }) => val_acc >= grokThreshold) && last.val_acc < grokThreshold / 2) {
    see(
      "warning",
      "forgetting",
      `The validation accuracy has fallen back to ${percent(last.val_acc)}.`,
    );
  }
  if (grokked) {
    see("info", "grokked", `The validation accuracy is ${percent(last.val_acc)}.`);
  } else if (last.train_acc > memorised && isFull) {
    watchPlateau(lately, see);
  }
  const recent = slingshots.at(-1);
  if (recent !== undefined && recent.start >= (lately[0] as WatchRecord).step) {
    see(
      "info",
      "slingshot",
      `The training loss spiked from ${recent.calmLoss.toExponential(1)} to ${recent.peakLoss.toExponential(1)} at step ${recent.peak}.`,
    );
  }
  const rank = { error: 0, warning: 1, info: 2 };
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** What a run does that has memorised and not grokked. */
function watchPlateau(
  lately: readonly WatchRecord[],
  see: (severity: Finding["severity"], name: FindingName, message: string) => void,
): void {
  const [from, to] = [lately[0] as WatchRecord, lately.at(-1) as WatchRecord];
  const risen = to.val_acc - from.val_acc;
  if (risen >= 0.05) {
    see(
      "info",
      "generalising",
      `The validation accuracy has risen from ${percent(from.val_acc)} to ${percent(to.val_acc)} lately.`,
    );
    return;
  }
  if (to.val_acc >= 0.5 || risen <= -0.05) return;
  const change = (to.weight_norm ?? Number.NaN) / (from.weight_norm ?? Number.NaN) - 1;
  if (change > -0.001) {
    see(
      "info",
      "waiting-without-decay",
      "The training examples are memorised and the weights do not shrink: without weight decay the wait can be very long.",
    );
  } else {
    see(
      "info",
      "waiting",
      "The training examples are memorised; the validation accuracy has not moved yet.",
    );
  }
}

function percent(share: number | null | undefined): string {
  return `${(100 * (share ?? Number.NaN)).toFixed(1)}%`;
}
