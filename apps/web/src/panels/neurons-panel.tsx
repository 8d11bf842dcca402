import { useState } from "preact/hooks";
import { later } from "../layout/later";
import type { Inside } from "./inside";
import { PanelFrame, type PanelText } from "./panel-frame";

const NeuronInspector = later(() => import("./neurons/neuron-inspector"));

const text: PanelText = {
  id: "neurons",
  title: "One neuron at a time",
  lookFor:
    "In a network that has found the rule, most neurons are waves over the table: each has one frequency, the same along a and b. Before that they look like noise.",
  sources: [
    { label: "Nanda et al. 2023", href: "https://arxiv.org/abs/2301.05217" },
    { label: "Gromov 2023", href: "https://arxiv.org/abs/2301.02679" },
  ],
};

/** Neurons by their frequencies, and one of them in full. */
export function NeuronsPanel({ inside }: { inside: Inside }) {
  const scene = inside.scene.value;
  const [isOpen, setOpen] = useState(false);
  const problem = inside.ablation.problem.value;
  return (
    <PanelFrame text={text}>
      {(describedBy) =>
        scene !== null &&
        scene.ablation !== null &&
        scene.table !== null &&
        (isOpen ? (
          <NeuronInspector
            inside={inside}
            ablationScene={scene.ablation}
            table={scene.table}
            describedBy={describedBy}
          />
        ) : (
          <>
            <p>
              <button
                type="button"
                class="plain"
                disabled={problem !== null}
                onClick={() => setOpen(true)}
              >
                Look at the neurons
              </button>
            </p>
            {problem !== null && <p class="note">{problem}</p>}
          </>
        ))
      }
    </PanelFrame>
  );
}
