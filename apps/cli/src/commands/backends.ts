import { listBackends, stopBackend } from "@grok/backend";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { rate } from "../quantity";
import { probe, probedPresets } from "../run/probe";
import { backendText } from "../run/report";
import { startBackend } from "../run/start-backend";
import { type Status, status } from "../status";
import { styleFor } from "../terminal/style";
import { table } from "../terminal/table";

/** What is reported about a backend. */
interface BackendAccount {
  name: string;
  available: boolean;
  /** What it has, or why it is not here. */
  reason: string;
  /** Whether `--backend auto` takes it. */
  chosen: boolean;
  threads: number | null;
  simd: string | null;
  /** By preset, from a short probe; null if it is not here. */
  stepsPerSec: Record<string, number> | null;
}

/**
 * Lists the backends, with the steps per second of each that is here.
 *
 * @param measure steps per second of a preset on the current backend; default a short probe
 */
export async function backends(
  { json }: GivenFlags,
  processEnv: ProcessEnv,
  measure: (preset: string) => Promise<number> = probe,
): Promise<Status> {
  const { stdout, stderr, env } = processEnv;
  const best = await startBackend("auto");
  const accounts: BackendAccount[] = [];
  for (const { name, available, reason } of await listBackends()) {
    const account = { name, available, reason, chosen: name === best.name };
    if (!available) {
      accounts.push({ ...account, threads: null, simd: null, stepsPerSec: null });
      continue;
    }
    const { threads, simd = null } = await startBackend(name);
    const stepsPerSec: Record<string, number> = {};
    for (const preset of probedPresets) {
      if (stderr.isTTY) stderr.write(`\r\u001b[Kprobing ${name} with preset ${preset} …`);
      stepsPerSec[preset] = await measure(preset);
    }
    if (stderr.isTTY) stderr.write("\r\u001b[K");
    accounts.push({ ...account, threads, simd, stepsPerSec });
  }
  await stopBackend();
  if (json === true) {
    const chosen = { name: best.name, threads: best.threads, reason: best.reason };
    stdout.write(`${JSON.stringify({ chosen, backends: accounts }, null, 2)}\n`);
    return status.done;
  }
  const columns = [
    { title: "backend" },
    ...probedPresets.map((preset) => ({ title: `${preset}, steps/s`, align: "right" as const })),
    { title: "what it has" },
  ];
  const rows = accounts.map(({ name, available, reason, chosen, stepsPerSec }) => [
    chosen ? `${name} (chosen)` : name,
    ...probedPresets.map((preset) =>
      stepsPerSec === null ? "–" : rate(stepsPerSec[preset] ?? Number.NaN),
    ),
    available ? reason : `not here: ${reason}`,
  ]);
  stdout.write(table(columns, rows, styleFor(stdout, env)));
  stdout.write(`\n--backend auto takes ${backendText(best)}. ${best.reason}\n`);
  return status.done;
}
