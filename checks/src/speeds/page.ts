/** What of results/bench.json is shown. */
export interface Bench {
  date: string;
  command: string;
  machine: { cpu: string; cores: number; system: string };
  versions: Record<string, string>;
  settings: { rounds: number; sliceSeconds: number };
  workloads: {
    id: string;
    title: string;
    preset: string;
    parameters: number;
    implementations: {
      title: string;
      library: string;
      threads: number;
      peakMemory?: number | null;
      stepsPerSecond: { median: number; q1: number; q3: number; values: number[] };
    }[];
  }[];
}

type Implementation = Bench["workloads"][number]["implementations"][number];

const short = (value: number) => String(Number(value.toPrecision(3)));

/** docs/speeds.md: a table of steps per second for each workload of a bench. */
export function speedsPage(bench: Bench): string {
  const { date, command, machine, versions, settings, workloads } = bench;
  const known = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const lines = [
    "# Measured speeds",
    "",
    `Written from [results/bench.json](../results/bench.json) by \`npx -y pnpm@12 speeds\`; a test holds that it is up to date. Measured by \`${command}\` on ${date.slice(0, 10)}: ${machine.cores} cores of an ${machine.cpu}, a shared machine, ${machine.system}. ${known.join(", ")}.`,
    "",
    `Training steps per second: the median of ${settings.rounds} rounds of ${settings.sliceSeconds} s in which all implementations take turns, with the quartiles, and the ratio to PyTorch on the better of its numbers of threads, which is the median of the rounds' ratios. Other work slows all of them alike: ratios within a table mean something, numbers of different days do not. \`npx -y pnpm@12 bench\` measures on your machine.`,
  ];
  for (const { id, title, preset, parameters, implementations } of workloads) {
    const [peer] = implementations.filter(isPyTorch).sort((a, b) => speed(b) - speed(a));
    const rows = implementations.map((each) => {
      const { q1, q3 } = each.stepsPerSecond;
      const ratio = isPyTorch(each) || peer === undefined ? "" : `${medianRatio(each, peer)}×`;
      const memory = each.peakMemory ? `${Math.round(each.peakMemory / 1e6)} MB` : "–";
      return `| ${each.title} | ${short(speed(each))} | ${short(q1)} to ${short(q3)} | ${ratio} | ${memory} |`;
    });
    lines.push(
      "",
      `## ${id}: preset \`${preset}\``,
      "",
      `${title}; ${parameters.toLocaleString("en")} parameters.`,
      "",
      "| | steps/s | quartiles | against PyTorch | peak memory of the process |",
      "|---|---:|---:|---:|---:|",
      ...rows,
    );
  }
  return `${lines.join("\n")}\n`;
}

function isPyTorch({ library, title }: Implementation): boolean {
  return /^pytorch/i.test(library) || title.startsWith("PyTorch");
}

function speed({ stepsPerSecond }: Implementation): number {
  return stepsPerSecond.median;
}

/** The median over rounds of how many times as fast one is as the other. */
function medianRatio(one: Implementation, other: Implementation): string {
  const ratios = one.stepsPerSecond.values
    .map((value, i) => value / (other.stepsPerSecond.values[i] ?? Number.NaN))
    .sort((a, b) => a - b);
  const middle = (ratios.length - 1) / 2;
  const [low = Number.NaN, high = Number.NaN] = [Math.floor(middle), Math.ceil(middle)].map(
    (i) => ratios[i],
  );
  return ((low + high) / 2).toPrecision(3);
}
