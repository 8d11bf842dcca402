import { readFields } from "./fields";
import { checkUi, uiPrefix } from "./ui-state";

/**
 * What a link says of the page, without the prefix `ui.`: plain text, which the page has to check.
 *
 * @throws LinkError if the text is no link's, or has more of it than allowed
 */
export function uiOfLink(link: string): Record<string, string> {
  const ui: Record<string, string> = {};
  for (const [name, value] of readFields(link)) {
    if (!name.startsWith(uiPrefix)) continue;
    const key = name.slice(uiPrefix.length);
    checkUi({ [key]: value });
    ui[key] = value;
  }
  checkUi(ui);
  return ui;
}
