import { listBackends, stopBackend } from "@grok/backend";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { rate } from "../quantity";
import { probe, probedPresets, SLOW } from "../run/probe";
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
  /**
   * By preset, from a short probe; null if the backend is not here, or, for a preset, if the one before
   * it took so long that this one was not measured.
   */
  stepsPerSec: Record<string, number | null> | null;
}

/**
 * Lists the backends, with the steps per second of each that is here. On a backend that is slow with the
 * small preset, the large one is not measured: a single step of it may take many seconds.
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
    const stepsPerSec: Record<string, number | null> = {};
    let isSlow = false;
    for (const preset of probedPresets) {
      if (isSlow) {
        stepsPerSec[preset] = null;
        continue;
      }
      if (stderr.isTTY) stderr.write(`\r\u001b[Kprobing ${name} with preset ${preset} …`);
      const speed = await measure(preset);
      stepsPerSec[preset] = speed;
      isSlow = speed < SLOW;
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
    ...probedPresets.map((preset) => {
      const speed = stepsPerSec?.[preset] ?? null;
      return speed === null ? "–" : rate(speed);
    }),
    available ? reason : `not here: ${reason}`,
  ]);
  stdout.write(table(columns, rows, styleFor(stdout, env)));
  const slow = accounts.filter(({ stepsPerSec }) =>
    Object.values(stepsPerSec ?? {}).includes(null),
  );
  for (const { name } of slow) {
    const [first, second] = probedPresets;
    stdout.write(
      `\nPreset ${second} was not measured on ${name}, where a second has fewer than ${SLOW} steps of ${first}.\n`,
    );
  }
  stdout.write(`\n--backend auto takes ${backendText(best)}. ${best.reason}\n`);
  return status.done;
}
