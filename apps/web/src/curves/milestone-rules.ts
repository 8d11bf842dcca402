import { computed } from "@preact/signals";
import { milestones, shown } from "../state/session";
import type { Rule } from "./curve";

/** The lines at t_mem and t_grok of the run that is shown, and where something changes in its course. */
export const milestoneRules = computed((): readonly Rule[] => {
  const { tMem, tGrok } = milestones.value;
  return [
    ...(tMem === null ? [] : [{ at: tMem, label: `t_mem ${tMem.toLocaleString("en")}` }]),
    ...(shown.value?.changes ?? []).map(({ at }) => ({
      at,
      label: `change ${at.toLocaleString("en")}`,
    })),
    ...(tGrok === null ? [] : [{ at: tGrok, label: `t_grok ${tGrok.toLocaleString("en")}` }]),
  ];
});
