import { pause, reset, start, stepOnce } from "../state/commands";
import { attempt } from "../state/notices";
import { isRunning } from "../state/session";
import { canReset, canRun, canStep } from "../state/transport";

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
    if (isTaken) return;
    const command =
      key === " " && canRun.value
        ? isRunning.value
          ? pause
          : start
        : key === "s" && canStep.value
          ? stepOnce
          : key === "r" && canReset.value
            ? reset
            : null;
    if (command === null) return;
    event.preventDefault();
    attempt(command());
  });
}
