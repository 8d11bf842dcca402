import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Inside } from "./inside";
import { Turns } from "./turns";

const turns = new Turns();

/** Milliseconds without news after which those that are off the screen are drawn, too. */
const restMs = 500;

/** What training changes, and panels follow in their turn. */
const followed = ["records", "traces", "view", "step", "pair", "milestones"] as const;

/**
 * A panel that follows training in its turn: one a frame is drawn, of those on the screen; the others
 * when they come there, or when there is rest. Where somebody chooses a step, all follow at once.
 */
export function StaggeredPanel({
  inside,
  Panel,
  isWide,
}: {
  inside: Inside;
  Panel: FunctionComponent<{ inside: Inside }>;
  isWide: boolean;
}) {
  const root = useRef<HTMLDivElement>(null);
  const [own, renew] = useMemo(() => copyOf(inside), [inside]);
  useEffect(() => {
    let isSeen = true;
    let isBehind = false;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      isBehind = false;
      renew();
    };
    const watch = new IntersectionObserver(
      ([entry]) => {
        isSeen = entry?.isIntersecting ?? true;
        if (isSeen && isBehind) draw();
      },
      // What is about to be scrolled to is drawn already.
      { rootMargin: "200px" },
    );
    watch.observe(root.current as HTMLDivElement);
    // Paper has room for all of them.
    window.addEventListener("beforeprint", draw);
    const stop = effect(() => {
      for (const name of followed) void inside[name].value;
      const isAtOnce =
        inside.step.value !== own.step.peek() || inside.scene.value !== own.scene.peek();
      clearTimeout(rest);
      isBehind = true;
      if (isAtOnce) draw();
      else if (isSeen) turns.ask(root, draw);
      else rest = setTimeout(() => turns.ask(root, draw), restMs);
    });
    return () => {
      stop();
      watch.disconnect();
      window.removeEventListener("beforeprint", draw);
      clearTimeout(rest);
      turns.leave(root);
    };
  }, [inside, own, renew]);
  return (
    <div ref={root} class={isWide ? "turn turn-wide" : "turn"}>
      <Panel inside={own} />
    </div>
  );
}

/** A copy that stands still until it is renewed, all of it at once. */
function copyOf(inside: Inside): [Inside, () => void] {
  const renewals: (() => void)[] = [];
  const still = <T,>(source: ReadonlySignal<T>): ReadonlySignal<T> => {
    const copy = signal(source.peek());
    renewals.push(() => {
      copy.value = source.peek();
    });
    return copy;
  };
  const own = {
    ...inside,
    scene: still(inside.scene),
    records: still(inside.records),
    traces: still(inside.traces),
    view: still(inside.view),
    step: still(inside.step),
    pair: still(inside.pair),
    milestones: still(inside.milestones),
  };
  return [own, () => batch(() => renewals.forEach((renewal) => renewal()))];
}
