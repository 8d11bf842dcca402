import { styleText } from "node:util";
import type { Output, ProcessEnv } from "../process-env";

type Format = Parameters<typeof styleText>[0];

/** Puts colour and weight on text, or leaves it as it is. */
export type Style = (format: Format, text: string) => string;

/** Whether colour may be used on a stream: see https://no-color.org and https://force-color.org. */
export function hasColor(output: Output, env: ProcessEnv["env"]): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return output.isTTY === true && env.TERM !== "dumb";
}

/** The style for a stream. */
export function styleFor(output: Output, env: ProcessEnv["env"]): Style {
  if (!hasColor(output, env)) return (_format, text) => text;
  return (format, text) => styleText(format, text, { validateStream: false });
}
