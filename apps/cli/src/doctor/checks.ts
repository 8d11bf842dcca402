import type { ProcessEnv } from "../process-env";
import { pageFolder } from "../serve/page-folder";
import { lookAtBackend, lookAtGraphics } from "./backend";
import { lookAtDisk } from "./disk";
import { lookAtExtensions } from "./extensions";
import { lookAtFigures, lookAtFonts } from "./figures";
import { type Check, here } from "./finding";
import { lookAtAddresses, lookAtMemory } from "./memory";
import { lookAtProcessors } from "./processors";
import { lookAtQueue } from "./queue";
import { lookAtRuntime } from "./runtime";

/**
 * All that `grok doctor` looks for, in the order that it is told.
 *
 * @param folder where runs are to go
 */
export function checksOf(folder: string, processEnv: Pick<ProcessEnv, "env" | "self">): Check[] {
  const checks: Check[] = [
    { about: "runtime", needed: true, look: () => lookAtRuntime() },
    { about: "processors", look: lookAtProcessors },
    { about: "backend", needed: true, look: lookAtBackend },
    { about: "WebGPU", look: lookAtGraphics },
    { about: "memory", needed: true, look: () => lookAtMemory() },
    { about: "addresses", look: () => lookAtAddresses() },
    { about: "disk", needed: true, look: () => lookAtDisk(folder) },
    { about: "figures", look: lookAtFigures },
    { about: "fonts", look: () => lookAtFonts() },
    { about: "extensions", look: lookAtExtensions },
    { about: "page", look: () => lookAtPage(processEnv) },
  ];
  if (processEnv.env.GROK_QUEUE)
    checks.push({ about: "queue", look: () => lookAtQueue(processEnv) });
  return checks;
}

async function lookAtPage({ self }: Pick<ProcessEnv, "self">) {
  await pageFolder(self.at(-1) as string);
  return here("grok serve has the page.");
}
