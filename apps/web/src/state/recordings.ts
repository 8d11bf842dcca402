import { computed } from "@preact/signals";
import { shown } from "./session";

/** A run that was recorded for devices that are too slow to train it. */
export interface RecordingEntry {
  /** Its file is `recorded/NAME.run` beside the page. */
  name: string;
  /** The experiment, as `linkOf` writes it. */
  link: string;
  /** The step at which it has generalised, or else its last one. */
  decided: number;
  /** The last step of the recording, where the run continues long after it has generalised. */
  until?: number;
}

/** Every recording; scripts/record-runs.sh makes them, and recording.test.ts holds this to them. */
export const recordings: readonly RecordingEntry[] = [
  { name: "quick", link: linkWith("0.5", "1"), decided: 590 },
  { name: "no-decay", link: linkWith("0.5", "0"), decided: 1500 },
  { name: "less-data", link: linkWith("0.4", "1"), decided: 1080 },
  // The main job, which takes minutes on a phone.
  { name: "mlx", link: "preset=mlx", decided: 1730 },
  { name: "paper_default", link: "preset=paper_default", decided: 2600, until: 6000 },
  { name: "nanda", link: "preset=nanda", decided: 4600, until: 10_000 },
];

/** The network that the page begins with. */
function linkWith(trainFraction: string, weightDecay: string): string {
  return `preset=mlp&p=59&train-fraction=${trainFraction}&embed-dim=32&width=128&lr=0.01&weight-decay=${weightDecay}&steps=1500&batch-mode=full&eval-every=10&checkpoint-every=250`;
}

/** The recording of the experiment that is shown; null if there is none. */
export const recordingHere = computed(
  () => recordings.find(({ link }) => link === shown.value?.link) ?? null,
);

/** Where a recording's file is. */
export function addressOfRecording({ name }: RecordingEntry): string {
  return new URL(`recorded/${name}.run`, document.baseURI).href;
}
