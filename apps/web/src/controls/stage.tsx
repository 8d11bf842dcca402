import { addressOf, isEmbedInAddress, route } from "../state/address";
import { isOpen } from "../state/parts";
import { shown, status } from "../state/session";
import { Machine } from "./machine";
import { Now } from "./now";
import { RecordedNote } from "./recorded";
import { sizeText } from "./size-text";
import { Transport } from "./transport";

/** The bar above everything: what is learned, what happens, start and stop, what computes. */
export function Stage() {
  const { value: what } = shown;
  return (
    <section class="card stage" aria-label="The run">
      <Transport />
      <div>
        <Now />
        {what !== null && (
          <p class="visually-hidden">{[what.task, sizeText(what)].filter(Boolean).join(", ")}</p>
        )}
        {status.value === "ready" &&
          route.value === "watch" &&
          isOpen("lessons") &&
          !isEmbedInAddress.value && (
            <p class="faint">
              New to grokking? <a href={addressOf("lessons")}>Eight short scenes</a> tell the story.
            </p>
          )}
      </div>
      <Machine />
      <RecordedNote />
    </section>
  );
}
