/** A symbol of the chosen input. */
export interface Highlight {
  readonly index: number;
  readonly name: "a" | "b" | "c";
}

/** Points in a square, the largest coordinate at its edge; those of the chosen input are ringed. */
export function Plane({
  points,
  names,
  box: { x, y, side },
  highlights,
  isNamed = false,
  order,
  hasHands = false,
}: {
  /** [points, 2] */
  points: Int8Array;
  names: readonly string[];
  box: { readonly x: number; readonly y: number; readonly side: number };
  highlights: readonly Highlight[];
  /** Whether points are drawn as their names. */
  isNamed?: boolean;
  /** Joins the points by a line in this order. */
  order?: readonly number[];
  /** Whether a line leads from the middle to each point of the chosen input. */
  hasHands?: boolean;
}) {
  const half = side / 2;
  const scale = (half - 10) / 127;
  const at = (index: number) => ({
    cx: x + half + (points[2 * index] ?? 0) * scale,
    cy: y + half - (points[2 * index + 1] ?? 0) * scale,
  });
  const count = points.length / 2;
  const places = Array.from({ length: count }, (_, i) => at(i));
  const named = isNamed ? readable(places, names, highlights) : new Set<number>();
  const path = order
    ?.map((index, i) => {
      const { cx, cy } = at(index);
      return `${i === 0 ? "M" : "L"}${cx.toFixed(1)} ${cy.toFixed(1)}`;
    })
    .join("");
  const radius = Math.max(1.4, Math.min(3, side / count / 1.6));
  const ring = isNamed ? 9 : radius + 2.5;
  return (
    <g class="plane">
      <path d={`M${x} ${y + half}h${side}M${x + half} ${y}v${side}`} class="grid" />
      {path !== undefined && <path d={`${path}Z`} class="thread" />}
      {places.map(({ cx, cy }, i) =>
        named.has(i) ? (
          <text key={i} x={cx} y={cy} class="symbol centre middle">
            {names[i]}
          </text>
        ) : (
          <circle key={i} cx={cx} cy={cy} r={radius} class="point" />
        ),
      )}
      {highlights.map(({ index, name }) => {
        const { cx, cy } = at(index);
        return (
          <g key={name} class={`highlight highlight-${name}`}>
            {hasHands && <line class="hand" x1={x + half} y1={y + half} x2={cx} y2={cy} />}
            <circle cx={cx} cy={cy} r={ring} />
            <text x={cx + ring + 3} y={cy - ring + 2}>
              {name}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Room that a name needs, in the figure's units. */
const nameHeight = 11;
const letterWidth = 6.5;

/** Which points' names can be read: those of the chosen input, then all that lie on no other name. */
function readable(
  places: readonly { cx: number; cy: number }[],
  names: readonly string[],
  highlights: readonly Highlight[],
): ReadonlySet<number> {
  const taken: { cx: number; cy: number; half: number }[] = [];
  const named = new Set<number>();
  for (const i of [...highlights.map(({ index }) => index), ...places.keys()]) {
    const place = places[i];
    if (place === undefined || named.has(i)) continue;
    const half = ((names[i] ?? "").length * letterWidth) / 2;
    const isFree = taken.every(
      (other) =>
        Math.abs(other.cy - place.cy) >= nameHeight ||
        Math.abs(other.cx - place.cx) >= other.half + half + 1,
    );
    if (!isFree && named.size >= highlights.length) continue;
    taken.push({ ...place, half });
    named.add(i);
  }
  return named;
}
