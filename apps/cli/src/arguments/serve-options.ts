import type { Command } from "commander";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";
import { addUse } from "./use-options";

/** The options of `grok serve`. */
export function addServeOptions(command: Command, given: GivenFlags): void {
  addUse(command, given, "Server:");
  addOption(command, given, {
    name: "port",
    value: "n",
    title: "Server:",
    help: "port to listen on; 0 takes any that is free (default: 4600)",
  });
  addOption(command, given, {
    name: "host",
    value: "name",
    title: "Server:",
    help: "address to listen on; others than this machine's own can then read the runs (default: 127.0.0.1)",
  });
  addOption(command, given, {
    name: "allow-embed",
    value: "origins",
    title: "Server:",
    help: "sites that may show the page in a frame, e.g. https://blog.example, separated by commas; none by default",
  });
}
