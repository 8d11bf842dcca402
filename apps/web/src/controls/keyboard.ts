import { pause, reset, start, stepOnce } from "../state/commands";
import { attempt } from "../state/notices";
import { isRunning, label, status } from "../state/session";

/** Space starts and pauses, s makes a step, r begins again; not while something is typed or chosen. */
export function followKeyboard(): void {
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const isTaken =
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      (target instanceof Element &&
        target.closest("input, select, textarea, button, a, summary, [tabindex], dialog") !== null);
    const isReady = ["ready", "running", "starting", "paused"].includes(status.value);
    if (isTaken || !isReady) return;
    const command =
      key === " "
        ? isRunning.value
          ? pause
          : start
        : key === "s"
          ? stepOnce
          : key === "r" && label.value !== null
            ? reset
            : null;
    if (command === null) return;
    event.preventDefault();
    attempt(command());
  });
}
