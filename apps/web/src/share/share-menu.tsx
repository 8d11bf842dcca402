import { useRef, useState } from "preact/hooks";
import { later } from "../layout/later";
import { shown } from "../state/session";

const Contents = later(() => import("./share-contents"));

/** Everything that can be taken away from the page: a link, code, the run, its numbers, its figures. */
export function ShareMenu() {
  const dialog = useRef<HTMLDialogElement>(null);
  // What is in it costs something at every change of the run, so it is there while it is open.
  const [isShown, setShown] = useState(false);
  const { value: what } = shown;
  return (
    <>
      <button
        type="button"
        class="plain"
        disabled={what === null}
        onClick={() => {
          setShown(true);
          dialog.current?.showModal();
        }}
      >
        Share
      </button>
      <dialog
        ref={dialog}
        class="share"
        aria-labelledby="share-title"
        onClose={() => setShown(false)}
      >
        <div class="share-head">
          <h2 id="share-title">Share and carry</h2>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        {isShown && what !== null && <Contents />}
      </dialog>
    </>
  );
}
