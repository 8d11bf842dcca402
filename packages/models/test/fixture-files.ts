import { readdirSync, readFileSync } from "node:fs";
import type { Fixture } from "./fixture";

const folder = new URL("../../../fixtures/", import.meta.url);

/** The architectures that there are fixtures for. */
export const fixtureNames = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));

/** Reads a fixture. */
export function readFixture(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Fixture;
}
