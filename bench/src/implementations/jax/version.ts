import { readFileSync } from "node:fs";

/** The version of jax-js that is installed. */
export function jaxVersion(): string {
  const about = new URL("../package.json", import.meta.resolve("@jax-js/jax"));
  return (JSON.parse(readFileSync(about, "utf8")) as { version: string }).version;
}
