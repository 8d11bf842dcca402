import { uiOfLink } from "@grok/train/link";
import { signal } from "@preact/signals";

/** The page's views. */
export const routes = ["watch", "lessons", "runs"] as const;

/** See {@link routes}. */
export type Route = (typeof routes)[number];

/** The view that is open. */
export const route = signal<Route>("watch");

/** The lesson that is open, as the address has it; null if that has none. */
export const lessonInAddress = signal<string | null>(null);

/** What a teacher hid or locked in the address, as it stands there. */
export const limitsInAddress = signal<{ hide: string; lock: string }>({ hide: "", lock: "" });

/** Whether the address asks for a recorded run. */
export const isRecordedInAddress = signal(false);

/** Whether the address asks for the page as a part of another one. */
export const isEmbedInAddress = signal(false);

/** Whether a graphics adapter that computes on the processor will do: for tests, as it is slow. */
export const isSoftwareAllowed = signal(false);

/** Why what the address says of the page could not be read; null if it could. */
export const addressProblem = signal<string | null>(null);

/** The experiment in the address, as `linkOf` writes it; empty for none. */
const experimentLink = signal("");

/** The fields of the page that this page has; others of their kind are told. */
const known: ReadonlySet<string> = new Set([
  "view",
  "lesson",
  "hide",
  "lock",
  "recorded",
  "webgpu",
  "embed",
]);

/** The address of a view, with the experiment that is shown. */
export function addressOf(view: Route, lesson: string | null = null): string {
  return `#${fieldsWith(view, lesson)}`;
}

/** The end of an address with an experiment, and other parts hidden and locked than here. */
export function limitedAddress(
  link: string,
  { hide, lock }: { hide: string; lock: string },
): string {
  return joined([
    link,
    field("hide", hide),
    field("lock", lock),
    field("recorded", isRecordedInAddress.value ? "yes" : ""),
    field("webgpu", isSoftwareAllowed.value ? "software" : ""),
  ]);
}

/** The end of an address that shows an experiment as a part of another page. */
export function embedAddress(link: string): string {
  const { hide, lock } = limitsInAddress.value;
  return `#${joined([limitedAddress(link, { hide, lock }), field("embed", "yes")])}`;
}

/** The end of an address that shows the same as the whole page. */
export function wholePageAddress(): string {
  return `#${limitedAddress(experimentLink.value, limitsInAddress.value)}`;
}

function fieldsWith(view: Route, lesson: string | null): string {
  return joined([
    limitedAddress(experimentLink.value, limitsInAddress.value),
    field("view", view === "watch" ? "" : view),
    field("lesson", view === "lessons" ? (lesson ?? "") : ""),
    field("embed", isEmbedInAddress.value ? "yes" : ""),
  ]);
}

function joined(fields: readonly string[]): string {
  return fields.filter((each) => each !== "").join("&");
}

function field(name: string, value: string): string {
  return value === "" ? "" : `ui.${name}=${value}`;
}

/**
 * Follows the address.
 *
 * @param onLink called with the part behind # when an experiment in it was typed or followed
 */
export function followAddress(onLink: (link: string) => void): void {
  window.addEventListener("hashchange", ({ newURL }) => {
    const before = experimentLink.peek();
    // By now the experiment of a link before this one may have been put into the address.
    read(new URL(newURL).hash);
    if (experimentLink.peek() !== before && experimentLink.peek() !== "")
      onLink(experimentLink.peek());
  });
  read(location.hash);
}

/** The experiment in the address; empty if it has none. */
export function linkInAddress(): string {
  return experimentLink.peek();
}

/**
 * Puts an experiment into the address, so that it can be copied from there; null takes it out.
 *
 * @param isRecorded whether a recorded run of it is shown
 */
export function putIntoAddress(link: string | null, isRecorded: boolean): void {
  experimentLink.value = link ?? "";
  isRecordedInAddress.value = isRecorded;
  const fields = fieldsWith(route.peek(), lessonInAddress.peek());
  history.replaceState(
    null,
    "",
    fields === "" ? location.pathname + location.search : `#${fields}`,
  );
}

function read(hash: string): void {
  const fields = hash.slice(1).split("&");
  experimentLink.value = joined(fields.filter((each) => !each.startsWith("ui.")));
  const { ui, problem } = pageFields(fields.filter((each) => each.startsWith("ui.")).join("&"));
  addressProblem.value = problem;
  route.value = routes.find((each) => each === ui["view"]) ?? "watch";
  lessonInAddress.value = ui["lesson"] ?? null;
  limitsInAddress.value = { hide: ui["hide"] ?? "", lock: ui["lock"] ?? "" };
  isRecordedInAddress.value = ui["recorded"] === "yes";
  isSoftwareAllowed.value = ui["webgpu"] === "software";
  isEmbedInAddress.value = ui["embed"] === "yes";
}

/** What an address says of the page; where that is broken nothing of it counts. */
function pageFields(text: string): { ui: Record<string, string>; problem: string | null } {
  try {
    const ui = uiOfLink(text);
    const foreign = Object.keys(ui).filter((name) => !known.has(name));
    if (foreign.length > 0) {
      const names = [...known].map((name) => `ui.${name}`).join(", ");
      return { ui, problem: `ui.${foreign[0]} is no field of this page; those are ${names}.` };
    }
    const view = ui["view"];
    if (view !== undefined && !routes.some((each) => each === view)) {
      return { ui, problem: `ui.view is "${view}"; allowed are ${routes.join(", ")}.` };
    }
    for (const [name, allowed] of [
      ["recorded", "yes"],
      ["webgpu", "software"],
      ["embed", "yes"],
    ] as const) {
      const value = ui[name];
      if (value !== undefined && value !== allowed) {
        return { ui, problem: `ui.${name} is "${value}"; allowed is ${allowed}.` };
      }
    }
    return { ui, problem: null };
  } catch (error) {
    return { ui: {}, problem: (error as Error).message };
  }
}
