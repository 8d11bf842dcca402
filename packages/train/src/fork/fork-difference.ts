import type { Change } from "../change/change";
import { changesText, changeText } from "../change/changes-text";
import { experimentAt } from "../change/experiment-at";
import type { Experiment } from "../experiment/experiment";
import { flagDefault } from "../flag/default";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";

/** What tells two futures of one past apart, in a few words each. */
export interface ForkDifference {
  /** What the fork changes, as `--change` takes it: `weight-decay=0`; empty if nothing. */
  readonly fork: string;
  /** What its parent has there: `weight-decay=1`; `no change` if only parameters were changed. */
  readonly parent: string;
}

/**
 * What tells a fork from its parent.
 *
 * @param at the step that it was forked at; changes at other steps are told with theirs
 */
export function forkDifference(
  fork: Experiment,
  parent: Experiment,
  at: number,
  { extensions }: { extensions?: Extensions } = {},
): ForkDifference {
  const own = changesOfFork(fork, parent, at);
  const [only] = own;
  const text =
    own.length === 1 && only?.at === at
      ? changeText(only, { extensions })
      : changesText(own, { extensions });
  const kinds = collect(extensions);
  const before = experimentAt(parent, at + 1, { extensions });
  const paths = new Set(own.flatMap(({ set = {} }) => Object.keys(set)));
  const values = Array.from(paths).flatMap((path) => {
    const flag = kinds.flagAt(path);
    return flag === undefined ? [] : [`${flag.name}=${flagDefault(flag, before, kinds) ?? "none"}`];
  });
  return { fork: text, parent: values.length === 0 ? "no change" : values.join(" ") };
}

/** The changes that a fork has and its parent has not. */
function changesOfFork(fork: Experiment, parent: Experiment, at: number): Change[] {
  const inherited = new Set((parent.changes ?? []).map((change) => JSON.stringify(change)));
  return (fork.changes ?? []).filter(
    (change) => change.at >= at && !inherited.has(JSON.stringify(change)),
  );
}
