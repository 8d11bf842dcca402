import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { sayError } from "../state/notices";

/** A component whose code is loaded when it is first shown. */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>) {
  let loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [, setLoaded] = useState(loaded !== null);
    const [tries, setTries] = useState(0);
    const [hasFailed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded !== null) return;
      setFailed(false);
      load()
        .then((module) => {
          loaded = module.default;
          setLoaded(true);
        })
        .catch((error: unknown) => {
          setFailed(true);
          sayError(error);
        });
    }, [tries]);
    if (hasFailed) {
      return (
        <p class="faint" role="alert">
          This part of the page could not be loaded.{" "}
          <button type="button" class="plain" onClick={() => setTries(tries + 1)}>
            Try again
          </button>
        </p>
      );
    }
    if (loaded === null) return <p class="faint">Loading…</p>;
    const Component = loaded;
    return <Component {...props} />;
  };
}
