import { checkStep } from "./gradients";
import type { Optimizer, Parameters } from "./optimizer";

/** Parameters that are trained in a way of their own. */
export interface ParameterGroup {
  /**
   * The parameters' names: one as it is, or a pattern in which `*` stands for any text, as
   * `layers.*.bias`.
   */
  match: string;
  /** Trains them; null leaves them as they are. */
  optimizer: Optimizer | null;
}

/** Whether a name fits a pattern in which `*` stands for any text. */
export function matches(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

/**
 * An optimizer of groups: each parameter belongs to the first group whose pattern its name fits, and
 * the rest to `others`.
 *
 * @throws RangeError, from `initialise`, if a pattern fits no parameter
 *
 * @example
 * byGroup([{ match: "tokenEmbedding", optimizer: null }], adamW({ learningRate: 1e-3 }));
 */
export function byGroup(groups: readonly ParameterGroup[], others: Optimizer): Optimizer {
  const all = [...groups.map(({ optimizer }) => optimizer), others];
  const placeOf = (name: string): number => {
    const place = groups.findIndex(({ match }) => matches(match, name));
    return place < 0 ? groups.length : place;
  };
  const partOf = <T>(record: Readonly<Record<string, T>>, place: number): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => placeOf(name) === place));
  return {
    initialise: (parameters) => {
      const names = Object.keys(parameters);
      const idle = groups.find(({ match }) => !names.some((name) => matches(match, name)));
      if (idle !== undefined) {
        throw new RangeError(
          `no parameter fits the group ${idle.match}: the network has ${names.join(", ")}`,
        );
      }
      return Object.assign(
        {},
        ...all.map((optimizer, place) => optimizer?.initialise(partOf(parameters, place)) ?? {}),
      );
    },
    step: (parameters, gradients, state, step) => {
      checkStep(parameters, gradients, step);
      for (const [place, optimizer] of all.entries()) {
        if (optimizer === null) continue;
        const part: Parameters = partOf(parameters, place);
        if (Object.keys(part).length === 0) continue;
        optimizer.step(part, partOf(gradients, place), state, step);
        Object.assign(parameters, part);
      }
    },
  };
}
