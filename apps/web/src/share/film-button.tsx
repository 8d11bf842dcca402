import { useSignal } from "@preact/signals";
import { saveFile } from "../panels/figure/export";
import { attempt } from "../state/notices";
import { isRunning, records } from "../state/session";

/** Films the run: its curves, its table and its circle from the first step to the newest. */
export function FilmButton({ name }: { name: string }) {
  const progress = useSignal<number | null>(null);
  if (typeof MediaRecorder === "undefined") return null;
  const film = async () => {
    const { filmRun } = await import("../film/film");
    progress.value = 0;
    try {
      const { blob, extension } = await filmRun((share) => {
        progress.value = share;
      });
      saveFile(`${name}.${extension}`, blob);
    } finally {
      progress.value = null;
    }
  };
  const share = progress.value;
  return (
    <p class="buttons">
      <button
        type="button"
        class="plain"
        disabled={share !== null || isRunning.value || records.value.length < 2}
        title={isRunning.value ? "Pause the run first" : undefined}
        onClick={() => attempt(film())}
      >
        {share === null ? "Film of the run" : `Filming: ${Math.round(100 * share)}%`}
      </button>
    </p>
  );
}
