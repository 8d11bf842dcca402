import type { Result } from "../result.ts";
import { arithmeticTable } from "./arithmetic-table.ts";
import { hostTable } from "./host-table.ts";
import { memoryTable } from "./memory-table.ts";
import { profileTables } from "./profile-table.ts";
import { speedTable } from "./speed-table.ts";
import { targetTable } from "./target-table.ts";

/** A comparison's result in Markdown, as the README quotes it. */
export function table(result: Result, { profile }: { profile: boolean }): string {
  const parts = [
    heading(result),
    speedTable(result),
    targetTable(result),
    arithmeticTable(result),
    hostTable(result),
    memoryTable(result),
    ...(profile ? profileTables(result) : []),
  ];
  if (result.skipped.length > 0) {
    const firstLines = result.skipped.map((what) => `- ${what.split("\n")[0]}`);
    parts.push(`Skipped:\n${firstLines.join("\n")}\n`);
  }
  return parts.join("\n");
}

function heading({ date, command, machine, versions, settings }: Result): string {
  const gigabytes = Math.round(machine.memory / 2 ** 30);
  const on = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const busy = machine.load > 0.5 ? ` The machine was busy (load ${machine.load.toFixed(1)}).` : "";
  return `${date.slice(0, 10)}, \`${command}\`: ${machine.cpu}, ${machine.cores} cores, ${gigabytes} GiB, ${machine.system}; ${on.join(", ")}. Implementations took turns in ${settings.rounds} rounds of ${settings.sliceSeconds} s each; medians with quartiles.${busy}\n`;
}
