import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sayError } from "../state/notices";

/** A component whose code is loaded when it is first shown. */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  let loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [, setLoaded] = useState(loaded !== null);
    useEffect(() => {
      if (loaded !== null) return;
      load()
        .then((module) => {
          loaded = module.default;
          setLoaded(true);
        })
        .catch(sayError);
    }, []);
    if (loaded === null) return <p class="faint">Loading…</p>;
    const Component = loaded;
    return <Component {...props} />;
  };
}
