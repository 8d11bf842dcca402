import type { NeuronsView } from "../../network/ablation";
import { formatShare } from "../chart/scale";

/** The neurons of a layer, those of one frequency side by side, the strongest group first. */
export function Tiles({
  all: { layer, frequencies, explained },
  removed,
  chosen,
  onChoose,
}: {
  all: NeuronsView;
  removed: readonly string[];
  chosen: number;
  onChoose: (neuron: number) => void;
}) {
  const groups = groupsOf(frequencies ?? new Int32Array(), explained ?? new Float32Array());
  return (
    <ul class="neuron-groups" aria-label="Neurons by frequency">
      {groups.map(({ frequency, neurons, mean }) => (
        <li key={frequency}>
          <span class="neuron-group-name">
            {frequency === 0 ? "constant" : `k = ${frequency}`}{" "}
            <span class="faint">
              {neurons.length}
              {frequency > 0 && ` · ${formatShare(mean)} explained`}
            </span>
          </span>
          <span class="neuron-tiles">
            {neurons.map(({ neuron, share }) => (
              <button
                key={neuron}
                type="button"
                class="neuron-tile"
                // The number beside is the way by keyboard; hundreds of stops would be none.
                tabIndex={-1}
                aria-label={`neuron ${neuron + 1}`}
                aria-current={neuron === chosen}
                title={`neuron ${neuron + 1}: ${formatShare(share)} explained`}
                data-out={removed.includes(`neuron:${layer}.${neuron}`) || undefined}
                style={{ "--share": share.toFixed(3) }}
                onClick={() => onChoose(neuron)}
              />
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface Group {
  readonly frequency: number;
  readonly neurons: readonly { readonly neuron: number; readonly share: number }[];
  /** The mean share of their variance that it explains. */
  readonly mean: number;
}

/** Neurons by frequency, the largest group first, and in each the best explained first. */
export function groupsOf(frequencies: Int32Array, explained: Float32Array): Group[] {
  const groups = new Map<number, { neuron: number; share: number }[]>();
  for (const [neuron, frequency] of frequencies.entries()) {
    const share = explained[neuron] as number;
    groups.set(frequency, [...(groups.get(frequency) ?? []), { neuron, share }]);
  }
  return Array.from(groups, ([frequency, neurons]) => ({
    frequency,
    neurons: neurons.sort((one, other) => other.share - one.share),
    mean: neurons.reduce((sum, { share }) => sum + share, 0) / neurons.length,
  })).sort(
    (one, other) => other.neurons.length - one.neurons.length || one.frequency - other.frequency,
  );
}
