import { useRef, useState } from "preact/hooks";
import { later } from "../layout/later";

const PresetCards = later(() => import("./preset-cards"));

/** Opens all networks to begin from, as cards. */
export function PresetDialog({ isDisabled }: { isDisabled: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isShown, setShown] = useState(false);
  return (
    <>
      <button
        type="button"
        class="quiet"
        disabled={isDisabled}
        onClick={() => {
          setShown(true);
          dialog.current?.showModal();
        }}
      >
        See all
      </button>
      <dialog
        ref={dialog}
        class="share preset-dialog"
        aria-labelledby="presets-title"
        onClose={() => setShown(false)}
      >
        <div class="share-head">
          <h2 id="presets-title">Networks to begin from</h2>
          <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </div>
        {isShown && <PresetCards onChosen={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}
