import "./panels.css";
import type { FunctionComponent } from "preact";
import { type PanelName, panelNames } from "../network/scene";
import { AnswersPanel } from "./answers/answers-panel";
import { AttentionPanel } from "./attention-panel";
import { CirclesPanel } from "./circles-panel";
import { EmbeddingPanel } from "./embedding-panel";
import type { Inside } from "./inside";
import { LossesPanel } from "./losses-panel";
import { NeuronsPanel } from "./neurons-panel";
import { NormPanel } from "./norm-panel";
import { OrderPanel } from "./order-panel";
import { SpectrumPanel } from "./spectrum-panel";
import { StaggeredPanel } from "./staggered-panel";

/** The panels in their order, with what they are called where they cannot be had. */
const panels: readonly {
  readonly name: PanelName;
  readonly what: string;
  readonly Panel: FunctionComponent<{ inside: Inside }>;
  /** Whether it takes all of the width. */
  readonly isWide?: boolean;
}[] = [
  { name: "answers", what: "Table of answers", Panel: AnswersPanel, isWide: true },
  { name: "circles", what: "Circles", Panel: CirclesPanel },
  { name: "embedding", what: "Picture of the symbols", Panel: EmbeddingPanel },
  { name: "spectrum", what: "Spectrum", Panel: SpectrumPanel },
  { name: "losses", what: "Restricted and excluded loss", Panel: LossesPanel },
  { name: "norm", what: "Weight norm", Panel: NormPanel },
  { name: "attention", what: "Attention", Panel: AttentionPanel },
  { name: "neurons", what: "Neurons", Panel: NeuronsPanel, isWide: true },
  { name: "order", what: "Order parameters", Panel: OrderPanel, isWide: true },
];

/** All panels that the experiment can have, and why it cannot have the others. */
export function InsidePanels({
  inside,
  only = panelNames,
}: {
  inside: Inside;
  /** The panels that are wanted. */
  only?: readonly PanelName[];
}) {
  const scene = inside.scene.value;
  if (scene === null) return null;
  const wanted = panels.filter(({ name }) => only.includes(name));
  const missing = wanted.flatMap(({ name, what }) => {
    const reason = scene.missing[name];
    return reason === undefined ? [] : [{ name, what, reason }];
  });
  return (
    <div class="panels">
      {wanted.map(
        ({ name, Panel, isWide = false }) =>
          scene.missing[name] === undefined && (
            <StaggeredPanel key={name} inside={inside} Panel={Panel} isWide={isWide} />
          ),
      )}
      {missing.length > 0 && (
        <section class="panels-missing" aria-labelledby="panels-missing">
          <h3 id="panels-missing">What this experiment cannot show</h3>
          <dl>
            {missing.map(({ name, what, reason }) => (
              <div key={name}>
                <dt>{what}</dt>
                <dd>{reason}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}
