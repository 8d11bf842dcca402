import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isRunning, records } from "../state/session";
import { currentView } from "../state/view-step";

/**
 * What lies below the fold: it is there when somebody scrolls towards it, when training rests, or for
 * printing; so its code does not delay the first curve.
 */
export function BelowFold({ children }: { children: () => ComponentChildren }) {
  const root = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  const isResting = records.value.length > 0 && !isRunning.value;
  useEffect(() => {
    if (isResting) setSeen(true);
  }, [isResting]);
  // Before there is a network, what will be above it is not there either.
  const isLaidOut = currentView.value !== null;
  useEffect(() => {
    if (isSeen || !isLaidOut || root.current === null) return;
    const show = () => setSeen(true);
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) show();
      },
      { rootMargin: "100px" },
    );
    watch.observe(root.current);
    window.addEventListener("beforeprint", show);
    return () => {
      watch.disconnect();
      window.removeEventListener("beforeprint", show);
    };
  }, [isSeen, isLaidOut]);
  return isSeen ? <>{children()}</> : <div ref={root} class="below-fold" />;
}
