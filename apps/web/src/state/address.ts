import { signal } from "@preact/signals";

/** The page's views. */
export const routes = ["watch", "runs"] as const;

/** See {@link routes}. */
export type Route = (typeof routes)[number];

/** What the part of the address after # says, as `name=value` pairs. */
export const address = signal(new URLSearchParams());

/** The view that is open. */
export const route = signal<Route>("watch");

/** The address of a view. */
export function addressOf(view: Route): string {
  return view === "watch" ? "#" : `#view=${view}`;
}

/** Follows the address; what is not known there is left alone. */
export function followAddress(): void {
  const read = () => {
    address.value = new URLSearchParams(location.hash.slice(1));
    const view = address.value.get("view");
    route.value = routes.find((each) => each === view) ?? "watch";
  };
  addEventListener("hashchange", read);
  read();
}
