// Experiments as links.
export { experimentOfLink, linkOf } from "./link";
export { LinkError } from "./link-error";
export { uiOfLink } from "./ui-of-link";
export type { UiState } from "./ui-state";
