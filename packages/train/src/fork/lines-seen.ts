import type { Checkpoint } from "../run/checkpoint";
import { metricsName } from "../run/names";
import type { ReadableFiles } from "../run/read";
import { recordsUntil } from "../run/records-until";

/**
 * The lines of a run's metrics that a checkpoint has seen.
 *
 * @throws RunError if some of them are missing
 */
export function linesSeen(
  files: ReadableFiles,
  lines: readonly { text: string; record: { step: number } }[],
  { progress }: Checkpoint,
): string[] {
  const steps = lines.map(({ record }) => record.step);
  const { count, lacking } = recordsUntil(steps, progress, files.path(metricsName));
  const seen = lines.slice(0, count).map(({ text }) => text);
  return lacking === null ? seen : [...seen, lacking];
}
