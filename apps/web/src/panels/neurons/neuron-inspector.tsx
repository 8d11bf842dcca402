import "./neurons.css";
import { useEffect, useState } from "preact/hooks";
import { TypedField } from "../../controls/typed-field";
import type { AblationScene, NeuronsView, NeuronView } from "../../network/ablation";
import type { TableScene } from "../../network/scene";
import { formatShare, formatStep } from "../chart/scale";
import type { Inside } from "../inside";
import { partText } from "../part-text";
import { NeuronPicture } from "./neuron-picture";
import { NeuronWeights } from "./neuron-weights";
import { Tiles } from "./tiles";

/** Which neuron is looked at. */
interface Place {
  readonly layer: number;
  readonly neuron: number;
}

/** All neurons of a layer by their frequencies, and one of them in full. */
export default function NeuronInspector({
  inside,
  ablationScene,
  table,
  describedBy,
}: {
  inside: Inside;
  ablationScene: AblationScene;
  table: TableScene;
  describedBy: string;
}) {
  const { ablation } = inside;
  const { neurons } = ablationScene;
  const [{ layer, neuron }, setPlace] = useState<Place>({ layer: neurons.length - 1, neuron: 0 });
  const [all, setAll] = useState<NeuronsView | null>(null);
  const [one, setOne] = useState<NeuronView | null>(null);
  const [busy, setBusy] = useState<"all" | "one" | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const count = neurons[layer] ?? 0;
  const problem = ablation.problem.value;
  const part = `neuron:${layer}.${neuron}`;

  const read = async <T,>(what: "all" | "one", coming: Promise<T>, take: (value: T) => void) => {
    setBusy(what);
    setFault(null);
    try {
      take(await coming);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  };
  const choose = (place: Place) => {
    setPlace(place);
    if (problem === null) {
      void read("one", ablation.neuron(place.layer, place.neuron), setOne);
    }
  };
  /** Sorts a layer's neurons, and shows the clearest one. */
  const sort = (of: number) => {
    if (problem !== null) return;
    void read("all", ablation.neurons(of), (view) => {
      setAll(view);
      choose({ layer: of, neuron: clearestOf(view) });
    });
  };
  // What is shown of another experiment's network is not of this one.
  useEffect(() => {
    setAll(null);
    setOne(null);
    setPlace({ layer: neurons.length - 1, neuron: 0 });
    sort(neurons.length - 1);
  }, [table, neurons.join()]);

  return (
    <div class="neurons">
      <div class="neuron-choice">
        {neurons.length > 1 && (
          <label>
            layer
            <select
              value={layer}
              onChange={(event) => {
                setAll(null);
                sort(Number(event.currentTarget.value));
              }}
            >
              {neurons.map((_, i) => (
                <option key={i} value={i}>
                  {i + 1}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          neuron
          <TypedField
            type="number"
            min={1}
            max={count}
            value={neuron + 1}
            onSettle={(text) => {
              const index = Math.round(Number(text)) - 1;
              if (index >= 0 && index < count) choose({ layer, neuron: index });
            }}
          />
          of {count}
        </label>
        <button
          type="button"
          class="plain"
          disabled={problem !== null || busy !== null}
          onClick={() => choose({ layer, neuron })}
        >
          {busy === "one" ? "Reading…" : "Look at it"}
        </button>
        <button
          type="button"
          class="plain"
          disabled={problem !== null || busy !== null}
          onClick={() => sort(layer)}
        >
          {busy === "all" ? "Reading…" : "Read all again"}
        </button>
        <button
          type="button"
          class="chip"
          aria-pressed={ablation.removed.value.includes(part)}
          disabled={problem !== null}
          title={`grok inspect … --ablate ${part}`}
          onClick={() => ablation.toggle(part)}
        >
          Take out {partText(part, ablationScene)}
        </button>
      </div>
      {problem !== null && <p class="note">{problem}</p>}
      {fault !== null && (
        <p class="problem" role="alert">
          {fault}
        </p>
      )}
      {all !== null && all.frequencies !== null && (
        <Tiles
          all={all}
          removed={ablation.removed.value}
          chosen={neuron}
          onChoose={(index) => choose({ layer, neuron: index })}
        />
      )}
      {all !== null && all.frequencies === null && (
        <p class="note">
          This task is no addition in a cyclic group, so neurons have no frequencies.
        </p>
      )}
      {one !== null && one.layer === layer && one.neuron === neuron && (
        <>
          <p role="status">
            {waveText(one)} Read at step {formatStep(one.step)}.
          </p>
          <div class="neuron-detail">
            <NeuronPicture view={one} table={table} describedBy={describedBy} />
            <NeuronWeights view={one} table={table} describedBy={describedBy} />
          </div>
        </>
      )}
    </div>
  );
}

/** The neuron that its frequency explains best; the first one without frequencies. */
function clearestOf({ explained }: NeuronsView): number {
  return explained === null ? 0 : explained.indexOf(Math.max(...explained));
}

function waveText({ wave }: NeuronView): string {
  if (wave === null) return "Its activation over all questions.";
  if (wave.frequency === 0) return "It is the same for all questions.";
  return `Its main frequency is ${wave.frequency}, which explains ${formatShare(wave.explained)} of it.`;
}
