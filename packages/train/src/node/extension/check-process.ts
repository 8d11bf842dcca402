// The process that loads an extension for the first time, so that one that never ends, or that ends
// the process, does no harm to its caller:
//
//   node check-process.js     (forked, see check-in-child.ts)
import { loadExtension } from "../../extension/load";
import type { FromCheck, ToCheck } from "./check-in-child";
import { hostModules } from "./host-modules";

process.on("message", (task: ToCheck) => void check(task));
process.on("disconnect", () => process.exit(0));
tell({ type: "ready" });

async function check({ code, file }: ToCheck): Promise<void> {
  try {
    // These take a while on a busy machine, which is not the extension's time.
    const modules = await hostModules();
    tell({ type: "began" });
    await loadExtension(code as Uint8Array<ArrayBuffer>, file, modules);
    tell({ type: "good" });
  } catch (error) {
    tell({ type: "bad", message: error instanceof Error ? error.message : String(error) });
  }
}

function tell(message: FromCheck): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
