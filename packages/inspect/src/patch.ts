import { gather } from "@grok/data";
import type { Plan, Point, PointHook, PointHooks } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import type { Part } from "./parts";
import { type PassChange, type SubjectScore, scoreSubject } from "./score";
import { blend, checkSite, maskOf, type Site } from "./site";
import type { NamedParameters, Subject } from "./subject";

/** Where a patch comes from: by default the subject itself. */
export interface PatchSource {
  /** Of another checkpoint of the same network. */
  readonly parameters?: NamedParameters;
  /**
   * Per example of the subject, the example whose activations it gets, [size]; default its own.
   */
  readonly rows?: Int32Array;
}

/**
 * How a network answers if some of what it holds comes from another pass: of another checkpoint, of
 * another input, or both (activation patching).
 *
 * @param sites what is taken over; everything after it follows from it
 * @throws RangeError for a site that the network does not have, or rows that are not among the examples
 *
 * @example
 * // What the last position of layer 0 holds decides the answer, whatever the input was:
 * await patch(subject, [{ point: "layers.0.residual.post", select: { position: [2] } }], { rows });
 */
export async function patch(
  subject: Subject,
  sites: readonly Site[],
  source: PatchSource = {},
): Promise<SubjectScore> {
  return scoreSubject(subject, patching(subject, sites, source));
}

/** What {@link patch} changes in a pass, for other uses of it. */
export function patching(
  subject: Subject,
  sites: readonly Site[],
  source: PatchSource = {},
): PassChange {
  const bySites = new Map<string, { point: Point; sites: Site[] }>();
  for (const site of sites) {
    const known = bySites.get(site.point);
    const point = checkSite(subject.network, site);
    bySites.set(site.point, { point, sites: [...(known?.sites ?? []), site] });
  }
  checkRows(subject, source);
  return {
    at: (part): PointHooks => {
      const given = sourceActivations(subject, part, [...bySites.keys()], source);
      const give =
        (name: string): PointHook =>
        (x) => {
          const { point, sites: ofPoint } = bySites.get(name) as { point: Point; sites: Site[] };
          return blend(x, maskOf(point, ofPoint, x.shape), given[name] as tf.Tensor);
        };
      return Object.fromEntries([...bySites.keys()].map((name) => [name, give(name)]));
    },
  };
}

/** What points hold in the source's pass, in the order of a part's examples; of the tidy scope around. */
function sourceActivations(
  subject: Subject,
  part: Part,
  points: readonly string[],
  { parameters = subject.parameters, rows }: PatchSource,
): Record<string, tf.Tensor> {
  const seen: Record<string, tf.Tensor> = {};
  const look =
    (name: string): PointHook =>
    (x) =>
      void (seen[name] = tf.keep(tf.clone(x)));
  const plan = rows === undefined ? part.plain : planOf(subject, part, rows);
  tf.tidy(() => {
    const at = Object.fromEntries(points.map((name) => [name, look(name)]));
    subject.network.forward({ ...parameters }, plan, { at });
  });
  return Object.fromEntries(
    Object.entries(seen).map(([name, kept]) => {
      const own = tf.clone(kept);
      kept.dispose();
      return [name, own];
    }),
  );
}

function planOf(subject: Subject, part: Part, rows: Int32Array): Plan {
  const { network, examples, length, answerPositions } = subject;
  const wanted = part.rows.map((row) => rows[row] as number);
  const { tokens, features, size } = gather(examples, wanted);
  return network.plan({ tokens, features, size, length, answerPositions }, { points: true });
}

function checkRows({ examples: { size } }: Subject, { rows }: PatchSource): void {
  if (rows === undefined) return;
  const wrong = rows.find((row) => !(row >= 0 && row < size));
  if (rows.length !== size || wrong !== undefined) {
    throw new RangeError(
      `rows has ${rows.length} entries${wrong === undefined ? "" : `, ${wrong} among them`}: it has one of 0 … ${size - 1} for each of ${size} examples`,
    );
  }
}
