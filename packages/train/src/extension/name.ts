import { isDeviceName } from "../archive/device-name";

/** The folder of a run's extensions, within the run's. */
export const extensionsName = "extensions";

const pattern = /^[a-z][a-z0-9-]{0,39}$/;
const stored = /^extensions\/([a-z0-9-]{1,40})\.mjs$/;

/** What {@link isExtensionName} accepts, for sentences. */
export const nameRule =
  "a lower-case letter and then at most 39 lower-case letters, digits and dashes, and no device of Windows";

/** Whether a text may be an extension's name, which its file in a run's folder has as well. */
export function isExtensionName(name: unknown): name is string {
  return typeof name === "string" && pattern.test(name) && !isDeviceName(name);
}

/** The file of an extension in a run's folder: `extensions/d5.mjs`. */
export function extensionPath(name: string): string {
  return `${extensionsName}/${name}.mjs`;
}

/** The extension whose file in a run's folder has that name; null if it is no such file. */
export function extensionAt(path: string): string | null {
  const name = stored.exec(path)?.[1];
  return isExtensionName(name) ? name : null;
}
