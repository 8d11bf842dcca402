/** What of results/first-result.json is shown. */
export interface FirstResult {
  date: string;
  command: string;
  machine: string;
  /** The system's load average at the start, in processes. */
  load: number;
  packages: { command: string; seconds: { install: number; example: number } }[];
}

/** The times from `npm install` to the first result, as docs/packages.md states them. */
export function timesTable({ date, machine, load, packages }: FirstResult): string {
  const rows = packages.map(({ command, seconds: { install, example } }) => {
    const total = (install + example).toFixed(1);
    return `| \`${command}\` | ${install} | ${example} | ${total} |`;
  });
  return [
    `Seconds on ${date.slice(0, 10)} (${machine}; a load average of ${load} at the start):`,
    "",
    "| | install | example | to the first result |",
    "|---|---:|---:|---:|",
    ...rows,
  ].join("\n");
}
