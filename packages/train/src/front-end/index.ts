// What commands and pages need besides training: flags, texts for people, and the choice of a backend.
export { type ChangeMoment, type ChangePart, changeParts } from "../change/change-parts";
export { changesText, changeText } from "../change/changes-text";
export { checkAvailableMemory } from "../experiment/memory";
export { metricsDescription } from "../experiment/metrics";
export { printable, spelledOut } from "../experiment/printable";
export { backendChoices } from "../experiment/schema";
export { suggestion } from "../experiment/suggestion";
export { lossText, optimizerText, taskSlug, taskText } from "../experiment/text";
export { fingerprintSettings } from "../experiment/with-defaults";
export { findFlag, flagNames, listFlags } from "../flag/built-in";
export { flagDefault } from "../flag/default";
export type { Flag, FlagGroup } from "../flag/flag";
export { flagLimits } from "../flag/limits";
export { switchValue } from "../flag/switch-value";
export {
  type BackendContest,
  type FastestBackend,
  fastestBackend,
  type MeasuredSpeeds,
  type SpeedMemory,
} from "../loop/fastest-backend";
export { probeSpeed } from "../loop/probe-speed";
export { canonicalJson } from "../run/canonical-json";
export { columnDescriptions } from "../run/columns";
export { engineText } from "../run/engine";
export { byteLimit } from "../run/limits";
export type { ServedExtension, ServedRun, ServedRunList } from "../run/served-run";
export { type Blame, errorSentence, type SystemRefusal, systemRefusal } from "../run/system-error";
