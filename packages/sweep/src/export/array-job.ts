/** A sweep as a job of a cluster, one task per run. */
export interface ArrayJob {
  /** The sweep's name. */
  name: string;
  /** How many runs it has. */
  runs: number;
  /** How many run at a time; null for as many as the cluster lets. */
  parallel: number | null;
  /** Cores, and so threads, of each run. */
  threads: number;
  /** Files of extensions, where a task finds them. */
  use: readonly string[];
  /** What grok is called there, with its arguments before the command. */
  command: string;
}

/** A name as clusters take it: small letters, digits and dashes, at most 50. */
export function clusterName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 45)
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "grok" : `grok-${plain}`;
}

/** The flags that bring a job's extensions to each of its tasks, with a space before each. */
export function useFlags(files: readonly string[]): string {
  return files.map((file) => ` --use ${quoted(file)}`).join("");
}

/** A text as one word of a shell. */
export function quoted(text: string): string {
  return /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
