import { boxStyle, type FigureBox } from "./box-style";

/** A place of a figure that can be pressed. */
export interface PressArea extends FigureBox {
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
  return (
    <>
      {areas.map(({ label, isPressed, onPress, ...box }) => (
        <button
          key={label}
          type="button"
          class="press-area"
          aria-pressed={isPressed}
          aria-label={label}
          title={label}
          style={boxStyle(box, frame)}
          onClick={onPress}
        />
      ))}
    </>
  );
}
