import { expect, it } from "vitest";
import { matrix, ProductNode } from "./matmul/spec";
import type { Node } from "./node";
import { type Addition, type Item, schedule } from "./schedule";
import { Value } from "./value";

const MAX_BUFFERS = 10;

/** A value of the tests, with a name; disposed values are those that no tensor has any more. */
class Named extends Value {
  constructor(
    readonly name: string,
    { disposed = false } = {},
  ) {
    super(4, disposed);
  }
}

const live = (name: string) => new Named(name);
const disposed = (name: string) => new Named(name, { disposed: true });

/** A calculation of no kind that the schedule knows. */
function step(reads: Value[], writes: Value[], more: Partial<Node> = {}): Node {
  return { reads: () => reads, writes: () => writes, calls: () => [], ...more };
}

function sum(x: Value, y: Value, out: Value): Addition {
  return { ...step([x, y], [out]), addition: { x, y, sum: out } };
}

/** out = a·b, of 2 rows and `n` columns. */
function product(a: Value, b: Value, out: Value, n = 2): ProductNode {
  const terms = [{ a: matrix(a, 2), b: matrix(b, n), inner: 2 }];
  return new ProductNode(
    { terms, m: 2, n, batch: 1, alpha: 1, activation: "none", out },
    MAX_BUFFERS,
  );
}

/** Schedules calculations after they were recorded, as a host does. */
function scheduled(nodes: readonly Node[], maxBuffers = MAX_BUFFERS): Item[] {
  for (const node of nodes) for (const value of node.reads()) value.readers++;
  return schedule(nodes, maxBuffers);
}

/** What each item makes, by name; products that share a call stand together. */
function made(items: readonly Item[]): string[] {
  const names = (values: readonly Value[]) => values.map((value) => (value as Named).name);
  return items.map(({ node, specs }) =>
    (specs === undefined ? names(node.writes()) : names(specs.map(({ out }) => out))).join("+"),
  );
}

it("leaves out what nobody reads, and then what only that needed", () => {
  const [x, a, b, kept] = [live("x"), disposed("a"), disposed("b"), live("kept")];
  const items = scheduled([step([x], [a]), step([a], [b]), step([x], [kept])]);
  expect(made(items)).toEqual(["kept"]);
  expect(a.readers).toBe(0);
});

it("keeps an update, though nobody reads what it writes", () => {
  const weights = disposed("weights");
  expect(made(scheduled([step([], [weights], { isUpdate: true })]))).toEqual(["weights"]);
});

it("lets a product add what was there before it", () => {
  const [a, b, residual, y, out] = [live("a"), live("b"), live("r"), disposed("y"), live("out")];
  const node = product(a, b, y);
  expect(made(scheduled([node, sum(residual, y, out)]))).toEqual(["out"]);
  expect(node.spec).toMatchObject({ addend: residual, out });
});

it("adds apart if the summand is read again, or still a tensor's", () => {
  const [a, b, residual, out] = [live("a"), live("b"), live("r"), live("out")];
  const readAgain = disposed("y");
  const again = [product(a, b, readAgain), sum(residual, readAgain, out)];
  expect(made(scheduled([...again, step([readAgain], [live("z")])]))).toEqual(["y", "out", "z"]);
  const kept = live("y");
  expect(made(scheduled([product(a, b, kept), sum(residual, kept, live("out"))]))).toEqual([
    "y",
    "out",
  ]);
});

it("adds apart if the other summand is made after the product", () => {
  const [a, b, y, late, out] = [live("a"), live("b"), disposed("y"), live("late"), live("out")];
  // Only calculations that can take an addition over do so, and `late` is made by one that cannot.
  const nodes = [product(a, b, y), step([a], [late]), sum(y, late, out)];
  expect(made(scheduled(nodes))).toEqual(["y", "late", "out"]);
});

it("moves no addition across an update", () => {
  const [a, b, residual, y, out] = [live("a"), live("b"), live("r"), disposed("y"), live("out")];
  const update = step([], [residual], { isUpdate: true });
  expect(made(scheduled([product(a, b, y), update, sum(residual, y, out)]))).toEqual([
    "y",
    "r",
    "out",
  ]);
});

it("makes two products that are added one sum of products", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map(live) as [Named, Named, Named, Named];
  const [first, second, out] = [disposed("first"), disposed("second"), live("out")];
  const nodes = [product(a, b, first), product(c, d, second), sum(first, second, out)];
  const items = scheduled(nodes);
  expect(made(items)).toEqual(["out"]);
  expect(items[0]?.specs?.[0]?.terms.map((term) => term.a.value)).toEqual([a, c]);
});

it("lets products that do not need each other share a call, and others wait", () => {
  const [a, b, y, z, last] = [live("a"), live("b"), live("y"), live("z"), live("last")];
  const nodes = [product(a, b, y), step([a], [live("other")]), product(b, a, z, 3)];
  expect(made(scheduled([...nodes, product(y, b, last)]))).toEqual(["y+z", "other", "last"]);
});

it("shares no more buffers than a call can bind, and nothing across an update", () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map(live) as [Named, Named, Named, Named];
  const two = () => [product(a, b, live("y")), product(c, d, live("z"))] as const;
  expect(made(scheduled(two(), 6))).toEqual(["y+z"]);
  expect(made(scheduled(two(), 5))).toEqual(["y", "z"]);
  const [first, second] = two();
  const update = step([], [live("w")], { isUpdate: true });
  expect(made(scheduled([first, update, second]))).toEqual(["y", "w", "z"]);
});
