import { buffersOf } from "./matmul/group";
import { type MatmulSpec, ProductNode } from "./matmul/spec";
import type { Node } from "./node";
import type { Value } from "./value";

/** x + y, elementwise: the one calculation that others take over. */
export interface Addition extends Node {
  addition: { x: Value; y: Value; sum: Value };
}

/** A call of its own, or products that share one. */
export type Item = { node: Node; specs?: undefined } | { node?: undefined; specs: MatmulSpec[] };

function isAddition(node: Node): node is Addition {
  return "addition" in node;
}

/** Leaves out what no tensor needs any more. */
function withoutUnneeded(nodes: readonly Node[]): Node[] {
  const kept: Node[] = [];
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    const isNeeded = node.isUpdate || node.writes().some((v) => !v.disposed || v.readers > 0);
    if (isNeeded) kept.push(node);
    else for (const value of node.reads()) value.readers--;
  }
  return kept.reverse();
}

/**
 * Lets additions be done by what makes one of their summands, where nothing else needs that summand;
 * two such products become one sum of products.
 */
function withoutAdditions(nodes: readonly Node[]): Node[] {
  const result: (Node | undefined)[] = [];
  const makers = new Map<Value, number>();
  /** Where the last update stands: a summand that was there before may have changed since. */
  let barrier = -1;
  for (const node of nodes) {
    if (node.isUpdate) barrier = result.length;
    if (isAddition(node) && absorbed(node, result, makers, barrier)) continue;
    for (const value of node.writes()) makers.set(value, result.length);
    result.push(node);
  }
  return result.filter((node) => node !== undefined);
}

function absorbed(
  { addition: { x, y, sum } }: Addition,
  nodes: (Node | undefined)[],
  makers: Map<Value, number>,
  barrier: number,
): boolean {
  for (const [made, other] of [
    [y, x],
    [x, y],
  ] as const) {
    const at = makers.get(made);
    if (at === undefined || at <= barrier || !made.disposed || made.readers !== 1) continue;
    const maker = nodes[at] as Node;
    const otherAt = makers.get(other);
    if (otherAt !== undefined && otherAt > at) continue;
    const otherMaker = otherAt === undefined ? undefined : nodes[otherAt];
    if (
      maker instanceof ProductNode &&
      otherMaker instanceof ProductNode &&
      (otherAt as number) > barrier &&
      other.disposed &&
      other.readers === 1 &&
      maker.merge(otherMaker, sum)
    ) {
      nodes[otherAt as number] = undefined;
    } else if (maker.absorb?.(made, other, sum) !== true) continue;
    makers.delete(made);
    makers.set(sum, at);
    return true;
  }
  return false;
}

/**
 * The order in which recorded calculations are encoded. Products that do not need each other share a
 * call, as far as a call can bind their buffers; nothing else changes its place.
 */
export function schedule(recorded: readonly Node[], maxBuffers: number): Item[] {
  const nodes = withoutAdditions(withoutUnneeded(recorded));
  /** What is not made yet. */
  const pending = new Set(nodes.flatMap((node) => (node.isUpdate ? [] : [...node.writes()])));
  const done = new Set<Node>();
  const items: Item[] = [];
  for (const [i, node] of nodes.entries()) {
    if (done.has(node)) continue;
    done.add(node);
    if (!(node instanceof ProductNode)) {
      items.push({ node });
      for (const value of node.writes()) pending.delete(value);
      continue;
    }
    const group = [node];
    const specs = [node.spec];
    for (let j = i + 1; j < nodes.length; j++) {
      const next = nodes[j] as Node;
      if (next.isUpdate) break;
      if (!(next instanceof ProductNode) || done.has(next)) continue;
      if (next.reads().some((value) => pending.has(value))) continue;
      if (buffersOf([...specs, next.spec]) > maxBuffers) continue;
      group.push(next);
      specs.push(next.spec);
      done.add(next);
    }
    for (const each of group) for (const value of each.writes()) pending.delete(value);
    items.push({ specs });
  }
  return items;
}
