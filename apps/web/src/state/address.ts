import { signal } from "@preact/signals";

/** The page's views. */
export const routes = ["watch", "runs"] as const;

/** See {@link routes}. */
export type Route = (typeof routes)[number];

/** The view that is open. */
export const route = signal<Route>("watch");

/** The experiment in the address, as `linkOf` writes it; empty for none. */
const experimentLink = signal("");

const viewField = "ui.view=";

/** The address of a view, with the experiment that is shown. */
export function addressOf(view: Route): string {
  return `#${fieldsWith(view)}`;
}

function fieldsWith(view: Route): string {
  const fields = [experimentLink.value, view === "watch" ? "" : `${viewField}${view}`];
  return fields.filter((field) => field !== "").join("&");
}

/**
 * Follows the address.
 *
 * @param onLink called with the part behind # when an experiment in it was typed or followed
 */
export function followAddress(onLink: (link: string) => void): void {
  addEventListener("hashchange", () => {
    const before = experimentLink.peek();
    read();
    if (experimentLink.peek() !== before && experimentLink.peek() !== "")
      onLink(experimentLink.peek());
  });
  read();
}

/** The experiment in the address; empty where it has none. */
export function linkInAddress(): string {
  return experimentLink.peek();
}

/** Puts an experiment into the address, so that it can be copied from there; null takes it out. */
export function putIntoAddress(link: string | null): void {
  experimentLink.value = link ?? "";
  const fields = fieldsWith(route.peek());
  history.replaceState(
    null,
    "",
    fields === "" ? location.pathname + location.search : `#${fields}`,
  );
}

function read(): void {
  const fields = location.hash.slice(1).split("&");
  const view = fields.find((field) => field.startsWith(viewField))?.slice(viewField.length);
  route.value = routes.find((each) => each === view) ?? "watch";
  experimentLink.value = fields
    .filter((field) => field !== "" && !field.startsWith("ui."))
    .join("&");
}
