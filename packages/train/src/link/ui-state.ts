import { printable } from "../experiment/printable";
import { LinkError } from "./link-error";

/** What a page shows, by names of its own: `{ view: "embedding", step: "4000" }`. */
export type UiState = Readonly<Record<string, string>>;

/** How the page's fields are told from flags. */
export const uiPrefix = "ui.";

const uiName = /^[a-z][a-z0-9-]{0,30}$/;
const maxFields = 32;
const longestValue = 200;

/**
 * Checks that a page's state is what a link may carry: 32 names of lower-case letters, digits and
 * dashes, with texts of at most 200 characters. What they mean the page has to check.
 *
 * @throws LinkError in a sentence
 */
export function checkUi(ui: UiState): void {
  const entries = Object.entries(ui);
  if (entries.length > maxFields) {
    throw new LinkError(
      `The link has ${entries.length} fields of the page; allowed are ${maxFields}.`,
    );
  }
  for (const [name, value] of entries) {
    if (!uiName.test(name)) {
      throw new LinkError(
        `"${uiPrefix}${printable(name)}" is no name for a field of the page: those have lower-case letters, digits and dashes.`,
      );
    }
    if (value.length > longestValue) {
      throw new LinkError(
        `${uiPrefix}${name} has ${value.length} characters; allowed are ${longestValue}.`,
      );
    }
  }
}
