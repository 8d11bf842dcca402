import { computed, effect } from "@preact/signals";
import { type PanelName, panelNames } from "../network/scene";
import { addressProblem, limitsInAddress } from "./address";
import { say } from "./notices";
import { offer } from "./session";

/** How a part of the page stands: a teacher's address may lock or hide it. */
export type Visibility = "shown" | "locked" | "hidden";

/** A part of the page that can be hidden, and whether it can be locked. */
interface Part {
  title: string;
  canLock: boolean;
}

const panelParts: Readonly<Record<PanelName, Part>> = {
  answers: { title: "Panel: table of answers", canLock: false },
  circles: { title: "Panel: circles", canLock: false },
  embedding: { title: "Panel: picture of the symbols", canLock: false },
  spectrum: { title: "Panel: spectrum", canLock: false },
  losses: { title: "Panel: restricted and excluded loss", canLock: false },
  norm: { title: "Panel: weight norm", canLock: false },
  attention: { title: "Panel: attention", canLock: false },
  neurons: { title: "Panel: neurons", canLock: false },
  order: { title: "Panel: order parameters", canLock: false },
};

/** The parts of the page that can be hidden, beside each setting by its flag. */
export const parts: Readonly<Record<string, Part>> = {
  preset: { title: "What to begin from", canLock: true },
  settings: { title: "All settings", canLock: true },
  backend: { title: "What computes", canLock: true },
  start: { title: "Start and pause", canLock: true },
  step: { title: "One step", canLock: true },
  reset: { title: "Begin again", canLock: true },
  accuracy: { title: "Accuracy", canLock: false },
  loss: { title: "Loss", canLock: false },
  measures: { title: "Measures: further columns of the run", canLock: false },
  timeline: { title: "Timeline", canLock: false },
  branch: { title: "Branch here", canLock: false },
  inside: { title: "Inside the network, all of it", canLock: false },
  ...panelParts,
  lessons: { title: "Lessons", canLock: false },
  runs: { title: "Runs", canLock: false },
  share: { title: "Share", canLock: false },
};

const limits = computed(() => readLimits(limitsInAddress.value, settingNames()));

function settingNames(): readonly string[] | null {
  return offer.value?.flags.map(({ name }) => name) ?? null;
}

/** How a part stands, by its name or a setting's flag. */
export function visibilityOf(name: string): Visibility {
  const { hidden, locked } = limits.value;
  const isPanel = panelNames.includes(name as PanelName) || name === "timeline";
  const isSetting = !Object.hasOwn(parts, name) && name !== "watch";
  const whole = isPanel ? "inside" : isSetting ? "settings" : name;
  if (hidden.has(name) || hidden.has(whole)) return "hidden";
  return locked.has(name) || locked.has(whole) ? "locked" : "shown";
}

/** Whether a part can be used: it is neither locked nor hidden. */
export function isOpen(name: string): boolean {
  return visibilityOf(name) === "shown";
}

/**
 * Reads what an address hides and locks.
 *
 * @param settings the flags; null while they are not known, so that none is found wrong
 */
export function readLimits(
  { hide, lock }: { hide: string; lock: string },
  settings: readonly string[] | null,
): { hidden: ReadonlySet<string>; locked: ReadonlySet<string>; problem: string | null } {
  const hidden = namesIn(hide);
  const locked = namesIn(lock);
  const isPart = (name: string) =>
    Object.hasOwn(parts, name) || settings === null || settings.includes(name);
  const unknown = [...hidden, ...locked].find((name) => !isPart(name));
  const fixed = locked.find((name) => Object.hasOwn(parts, name) && parts[name]?.canLock === false);
  const lockable = Object.keys(parts).filter((name) => parts[name]?.canLock);
  const problem =
    unknown !== undefined
      ? `The address hides or locks "${unknown.slice(0, 40)}", which is no part of this page; parts are ${Object.keys(parts).join(", ")} and the settings by their flags.`
      : fixed !== undefined
        ? `The address locks ${fixed}, which can only be hidden; what can be locked is ${lockable.join(", ")} and the settings by their flags.`
        : null;
  return { hidden: new Set(hidden), locked: new Set(locked), problem };
}

function namesIn(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** Says what of the address could not be followed. */
export function followLimits(): void {
  effect(() => {
    const { problem } = limits.value;
    for (const text of [addressProblem.value, problem]) if (text !== null) say("error", text);
  });
}
