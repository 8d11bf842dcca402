import type { GivenFlags } from "../arguments/given-flags";
import { checksOf } from "../doctor/checks";
import { examine } from "../doctor/examine";
import type { Check } from "../doctor/finding";
import type { ProcessEnv } from "../process-env";
import { type Status, status } from "../status";
import { keyValueTable } from "../terminal/key-value-table";
import { pageOf } from "../terminal/page";

/**
 * Says what is here, what is slow and what is missing, a line each.
 *
 * @param folder where runs are to go; default: runs
 * @returns `failed` if the main job cannot be done here
 */
export async function doctor(
  folder: string | undefined,
  { json }: GivenFlags,
  processEnv: ProcessEnv,
  checks: readonly Check[] = checksOf(folder ?? "runs", processEnv),
): Promise<Status> {
  const findings = await examine(checks);
  const lacking = findings.filter(({ condition, needed }) => needed && condition === "missing");
  const { stdout, env } = processEnv;
  if (json === true) {
    stdout.write(`${JSON.stringify({ canTrain: lacking.length === 0, findings }, null, 2)}\n`);
  } else {
    const rows = findings.map(
      ({ about, condition, text }) => [`${condition.padEnd(7)}  ${about}`, text] as const,
    );
    stdout.write(keyValueTable(rows, pageOf(stdout, env)));
    stdout.write(
      lacking.length === 0
        ? "\ngrok train can run here.\n"
        : `\ngrok train cannot run here for want of: ${lacking.map(({ about }) => about).join(", ")}.\n`,
    );
  }
  return lacking.length === 0 ? status.done : status.failed;
}
