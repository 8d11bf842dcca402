import "./panels.css";
import { AnswersPanel } from "./answers/answers-panel";
import { AttentionPanel } from "./attention-panel";
import { CirclesPanel } from "./circles-panel";
import { EmbeddingPanel } from "./embedding-panel";
import type { Inside } from "./inside";
import { LossesPanel } from "./losses-panel";
import { NormPanel } from "./norm-panel";
import { OrderPanel } from "./order-panel";
import { SpectrumPanel } from "./spectrum-panel";

/** All panels of the inside of a network. */
export function InsidePanels({ inside }: { inside: Inside }) {
  if (inside.scene.value === null) return null;
  return (
    <div class="panels">
      <AnswersPanel inside={inside} />
      <CirclesPanel inside={inside} />
      <EmbeddingPanel inside={inside} />
      <SpectrumPanel inside={inside} />
      <LossesPanel inside={inside} />
      <NormPanel inside={inside} />
      <AttentionPanel inside={inside} />
      <OrderPanel inside={inside} />
    </div>
  );
}
