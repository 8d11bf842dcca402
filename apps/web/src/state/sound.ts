import { effect, signal } from "@preact/signals";
import { isRunning, records } from "./session";

/** Whether validation accuracy is heard; off until somebody wants it. */
export const isSoundOn = signal(false);

/** Hertz at no right answer, and octaves above it at all of them. */
const lowest = 196;
const octaves = 2;

/** Loud enough to be heard beside a talk. */
const loudness = 0.06;

/** Seconds in which a tone glides to the next. */
const glide = 0.08;

/** The pitch of an accuracy, in hertz: equal steps of accuracy are equal intervals. */
export function pitchOf(accuracy: number): number {
  return lowest * 2 ** (octaves * Math.min(1, Math.max(0, accuracy)));
}

/** Sounds validation accuracy while a run trains. Nothing is made before it is switched on. */
export function followSound(): void {
  let context: AudioContext | undefined;
  let tone: { oscillator: OscillatorNode; gain: GainNode } | undefined;
  effect(() => {
    const accuracy = records.value.at(-1)?.val_acc ?? 0;
    const isHeard = isSoundOn.value && isRunning.value && Number.isFinite(accuracy);
    if (isHeard) {
      context ??= new AudioContext();
      tone ??= startTone(context);
    }
    if (context === undefined || tone === undefined) return;
    const { currentTime } = context;
    tone.gain.gain.setTargetAtTime(isHeard ? loudness : 0, currentTime, glide);
    tone.oscillator.frequency.setTargetAtTime(pitchOf(accuracy), currentTime, glide);
  });
}

function startTone(context: AudioContext): { oscillator: OscillatorNode; gain: GainNode } {
  const gain = context.createGain();
  gain.gain.value = 0;
  const oscillator = new OscillatorNode(context, { type: "triangle", frequency: lowest });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start();
  return { oscillator, gain };
}
