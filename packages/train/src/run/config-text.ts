import type { RunConfig } from "./config";
import { RunError } from "./error";
import { limits } from "./limits";
import { configName } from "./names";

/**
 * The text of a config.json.
 *
 * @throws RunError if it is longer than `decodeConfig` takes
 */
export function configText(config: RunConfig): string {
  const text = `${JSON.stringify(config, null, 2)}\n`;
  if (text.length <= limits.config) return text;
  throw new RunError(
    `The run's ${configName} would have ${text.length} characters; allowed are ${limits.config}, so that it can be read again.`,
  );
}
