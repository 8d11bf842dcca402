import type { EvaluationRecord } from "@grok/train";
import { computed, signal } from "@preact/signals";
import { render } from "preact";
import "../../src/style/tokens.css";
import "../../src/style/base.css";
import "../../src/style/media.css";
import type { NetworkScene } from "../../src/network/scene";
import { traceOf } from "../../src/network/trace";
import type { NetworkView } from "../../src/network/view";
import type { Inside } from "../../src/panels/inside";
import { InsidePanels } from "../../src/panels/inside-panels";
import { Timeline } from "../../src/timeline/timeline";
import { unpack } from "./packed";

// The panels and the timeline with a recorded run, run.json beside the page, for the tests and for
// looking at while working on them. ?theme=dark, ?log.

/** A recorded run, as `record` makes it. */
export interface Recorded {
  scene: NetworkScene;
  views: NetworkView[];
  records: EvaluationRecord[];
  milestones: { t_mem: number | null; t_grok: number | null };
}

const recorded = unpack<Recorded>(await (await fetch("run.json")).text());
const { views } = recorded;
const step = signal<number | null>(null);
/** Up to where the run has come, and where the network was last looked into. */
const reached = signal(Number.POSITIVE_INFINITY);
const looked = signal(Number.POSITIVE_INFINITY);
const view = computed(
  () =>
    views.findLast((each) => each.step <= Math.min(step.value ?? looked.value, looked.value)) ??
    null,
);

const inside: Inside = {
  scene: signal(recorded.scene),
  records: computed(() => recorded.records.filter((record) => record.step <= reached.value)),
  traces: computed(() => views.filter((each) => each.step <= looked.value).map(traceOf)),
  view,
  step,
  show: (next) => {
    step.value = next;
  },
  milestones: signal(recorded.milestones),
  isLogScale: signal(new URLSearchParams(location.search).has("log")),
  selected: signal({ a: 3, b: 5 }),
  hovered: signal(null),
  pair: computed(() => view.value?.pair ?? null),
  ablation: {
    removed: signal([]),
    view: signal(null),
    problem: signal("This is a recording, which has no weights."),
    toggle: () => {},
    putBack: () => {},
    canKeepOut: signal(false),
    keepOut: () => {},
    neurons: () => Promise.reject(new Error("There are no weights here.")),
    neuron: () => Promise.reject(new Error("There are no weights here.")),
  },
  measure: async (name) => ({ [name.replaceAll("-", "_")]: 0.5 }),
};

/** Comes to a step; shows the newest step and the first input again, for the next test. */
Object.assign(window, {
  reach: (last: number, lastLooked = last) => {
    reached.value = last;
    looked.value = lastLooked;
  },
  reset: () => {
    reached.value = Number.POSITIVE_INFINITY;
    looked.value = Number.POSITIVE_INFINITY;
    step.value = null;
    inside.selected.value = { a: 3, b: 5 };
    scrollTo(0, 0);
  },
});

const theme = new URLSearchParams(location.search).get("theme");
if (theme !== null) document.documentElement.dataset["theme"] = theme;
render(
  <main style="padding: 16px; max-width: 1520px; margin: 0 auto">
    <h1>A recorded run</h1>
    <h2>Inside the network</h2>
    <Timeline inside={inside} />
    <InsidePanels inside={inside} />
  </main>,
  document.body,
);
document.documentElement.dataset["ready"] = "";
