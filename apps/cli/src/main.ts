#!/usr/bin/env node
import { fileURLToPath } from "node:url";
import { listenForSignals } from "./signals";

listenForSignals();
// All else is loaded after that, as it takes most of a second.
const { runProcess } = await import("./process");
await runProcess(process.argv.slice(2), fileURLToPath(import.meta.url));
