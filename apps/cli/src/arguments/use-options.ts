import type { Command } from "commander";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";

/** Adds `--use` to a command whose experiments may be made of somebody's own parts. */
export function addUse(command: Command, given: GivenFlags, title: string): void {
  addOption(command, given, {
    name: "use",
    value: "file",
    title,
    help: "an extension with parts of your own: TypeScript, JavaScript or an installed package, which is run; may be repeated",
    repeats: true,
  });
}

/** Adds `--trust` to a command whose sweep may name extensions. */
export function addTrustOfSweep(command: Command, given: GivenFlags, title: string): void {
  addOption(command, given, {
    name: "trust",
    title,
    help: "run the extensions that the sweep's file names under use, as their author wrote them",
  });
}

/** Adds `--trust` to a command that computes what a run's own extensions define. */
export function addTrust(command: Command, given: GivenFlags, title: string): void {
  addOption(command, given, {
    name: "trust",
    title,
    help: "run the extensions that lie in this run's folder, as their author wrote them",
  });
}
