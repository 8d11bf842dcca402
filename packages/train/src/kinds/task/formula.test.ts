import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { collect, MemoryStore } from "../../../test/tiny";
import { taskSlug } from "../../front-end/index";
import { resolveExperiment, taskOf, train } from "../../index";
import { experimentOfLink, linkOf } from "../../link/index";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const resolved = (flags: Record<string, unknown>) => resolveExperiment({ preset: "mlp", flags });

it("--formula makes a task that links and folders name, and that trains", async () => {
  const experiment = resolved({ formula: "a^2 + ab", p: 7, steps: 4, "eval-every": 2, width: 8 });
  expect(experiment.task).toMatchObject({
    kind: "formula",
    formula: "a^2 + ab",
    p: 7,
    layout: "pair",
  });
  const link = linkOf(experiment);
  expect(link).toContain("formula=a%5E2");
  expect(experimentOfLink(link)).toEqual(experiment);
  expect(taskSlug(experiment)).toBe("formula-a2+ab");
  const task = taskOf(experiment);
  expect(task.name).toBe("a^2 + ab mod 7");
  const store = new MemoryStore();
  await collect(train(experiment, { store }));
  expect(store.records).toHaveLength(3);
});

it("has the table of the named operation that it spells", () => {
  const tableOf = (flags: Record<string, unknown>) => {
    const built = taskOf(resolved({ ...flags, p: 11 }));
    return built.kind === "finite" ? [...built.dataset().labels] : [];
  };
  expect(tableOf({ formula: "a² + ab + b²" })).toEqual(tableOf({ op: "x2+xy+y2" }));
  // Division has no answer for b = 0.
  expect(tableOf({ formula: "a / b" })).toEqual(tableOf({ op: "/" }));
});

it.each([
  [{ formula: "a / b", p: 12 }, "--formula divides, so --p must be a prime, not 12."],
  [{ formula: "a +" }, 'The formula "a +" ends where a, b, a number or a parenthesis must stand'],
  [{ formula: "process.exit()" }, "it may have a, b, whole numbers"],
  [{ formula: "a", op: "+" }, "--formula goes with --task formula, not with modular."],
])("%j is refused in a sentence", (flags, sentence) => {
  expect(() => resolved(flags)).toThrow(sentence);
});
