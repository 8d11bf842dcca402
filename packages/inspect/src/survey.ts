import { highestFrequency } from "@grok/metrics";
import { type AblateOptions, ablate } from "./ablate";
import { type Component, componentText, headsOf } from "./component";
import { type SubjectScore, scoreSubject } from "./score";
import type { Subject } from "./subject";

/** How a network answers without one part, or without several. */
export interface SurveyRow {
  /**
   * `whole`; a part as `parseComponent` reads it; `all heads`; of the frequencies surveyed `key
   * frequencies` (without all of them), `only key frequencies` (with nothing but them), and `other
   * frequencies` (without as many others).
   */
  readonly name: string;
  readonly score: SubjectScore;
}

/** More key frequencies than these are taken out together alone: the network has not chosen yet. */
export const maxSingleFrequencies = 12;

/** Settings of {@link survey}. */
export interface SurveyOptions {
  /** The key frequencies; default none, so that no frequency is surveyed. */
  frequencies?: readonly number[];
}

/**
 * What each head and each key frequency is needed for: the score of the whole network, and without each
 * of them, one at a time and together. More than 12 key frequencies are taken out together alone.
 *
 * @returns the whole first; of a network without heads and a task without frequencies nothing more
 */
export async function survey(
  subject: Subject,
  { frequencies = [] }: SurveyOptions = {},
): Promise<SurveyRow[]> {
  const rows: SurveyRow[] = [{ name: "whole", score: await scoreSubject(subject) }];
  const add = async (name: string, lost: readonly Component[], options?: AblateOptions) =>
    void rows.push({ name, score: await ablate(subject, lost, options) });
  const heads = headsOf(subject.network);
  for (const head of heads) await add(componentText(head), [head]);
  if (heads.length > 1) await add("all heads", heads);
  if (frequencies.length === 0) return rows;
  const of = (list: readonly number[]) =>
    list.map((frequency): Component => ({ kind: "frequency", frequency }));
  if (frequencies.length <= maxSingleFrequencies) {
    for (const key of of(frequencies)) await add(componentText(key), [key]);
  }
  await add("key frequencies", of(frequencies));
  await add("only key frequencies", [], { keepFrequencies: frequencies });
  const others = othersOf(frequencies, subject.group?.order ?? 0);
  if (others.length > 0) await add("other frequencies", of(others));
  return rows;
}

/** As many other frequencies, spread over those that there are. */
function othersOf(frequencies: readonly number[], order: number): number[] {
  const rest = Array.from({ length: highestFrequency(order) }, (_, i) => i + 1).filter(
    (frequency) => !frequencies.includes(frequency),
  );
  const count = Math.min(frequencies.length, rest.length);
  return Array.from(
    { length: count },
    (_, i) => rest[Math.floor(((i + 0.5) * rest.length) / count)] as number,
  );
}
