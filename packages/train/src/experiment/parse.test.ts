import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { parseExperiment } from "./check";
import { ExperimentError } from "./error";

/** What zod says of such data, and what a rule says that does not know its field. */
const raw =
  /\b(invalid|expected|received|unrecognized|undefined|regular expression|valid \()|\ba (object|undefined)\b|too (big|small)|something else/i;

const scalars = [null, 3, -1, 1.5, 1e308, "x", "", true, false];
const values = [...scalars, [], [1], ["x"], [{}], [null], {}, { a: 1 }, { kind: 3 }, { kind: "x" }];

const experiments = [
  resolveExperiment({
    preset: "grokfast-ema",
    flags: { schedule: "cosine", metrics: ["rqi"], changes: "5: lr=1 freeze=tokenEmbedding" },
  }),
  resolveExperiment({ preset: "addition-777", flags: { curriculum: "5:1,7:2" } }),
  resolveExperiment({ flags: { task: "parity", loss: "hinge", "checkpoint-at": [3] } }),
];

describe("what is wrong with an experiment's data", () => {
  it.each(experiments.map((each) => [each.task.kind, each] as const))(
    "is said in one sentence of ours, at any place: %s",
    (_, experiment) => {
      let refused = 0;
      for (const path of pathsOf(experiment)) {
        for (const value of values) {
          const message = refusalOf(put(experiment, path, value));
          if (message === null) continue;
          refused++;
          expect(message, path.join(".")).not.toMatch(raw);
          expect(message).toMatch(/^[^\n ][^\n]*\.$/);
        }
      }
      expect(refused).toBeGreaterThan(400);
    },
  );

  it("names what is allowed in a list's entry and in a group", () => {
    const [first] = experiments as [(typeof experiments)[number]];
    expect(refusalOf(null)).toBe("The experiment must be an object, not null.");
    expect(refusalOf(put(first, ["task"], 3))).toBe("task must be an object, not 3.");
    expect(refusalOf(put(first, ["metrics"], ["x", 3]))).toMatch(/^metrics\.1 must be a text, not/);
    const { message, cause } = catching(() => parseExperiment(3)) as Error;
    expect([message, cause]).toEqual([expect.any(String), expect.any(Error)]);
  });
});

function* pathsOf(data: unknown, path: string[] = []): Generator<string[]> {
  yield path;
  if (typeof data !== "object" || data === null) return;
  for (const [key, value] of Object.entries(data)) yield* pathsOf(value, [...path, key]);
}

/** A copy of data with another value at a place. */
function put(data: unknown, [key, ...path]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string, unknown> = Array.isArray(data)
    ? ([...data] as never)
    : { ...(data as object) };
  copy[key] = put(copy[key], path, value);
  return copy;
}

function refusalOf(data: unknown): string | null {
  const error = catching(() => parseExperiment(data));
  if (error === null) return null;
  expect(error).toBeInstanceOf(ExperimentError);
  return (error as Error).message;
}

function catching(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}
