/** A place of a figure that can be pressed. */
export interface PressArea {
  /** Where it lies, in the figure's units. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

/** Buttons over a figure, in a box that it fills. */
export function PressAreas({
  areas,
  frame,
}: {
  areas: readonly PressArea[];
  frame: { readonly width: number; readonly height: number };
}) {
  const percent = (part: number, of: number) => `${(100 * part) / of}%`;
  return (
    <>
      {areas.map(({ x, y, width, height, label, isPressed, onPress }) => (
        <button
          key={label}
          type="button"
          class="press-area"
          aria-pressed={isPressed}
          aria-label={label}
          title={label}
          style={{
            left: percent(x, frame.width),
            top: percent(y, frame.height),
            width: percent(width, frame.width),
            height: percent(height, frame.height),
          }}
          onClick={onPress}
        />
      ))}
    </>
  );
}
