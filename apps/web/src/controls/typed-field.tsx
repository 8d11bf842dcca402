import { useState } from "preact/hooks";

/**
 * A field in which somebody types: its text is theirs until they press Enter or leave it, even if
 * the page is drawn again meanwhile, as it is all the time while a network trains.
 */
export function TypedField({
  value,
  onSettle,
  ...attributes
}: {
  /** What it shows while nobody types. */
  value: string | number;
  /** Called with what was typed. */
  onSettle: (text: string) => void;
  id?: string;
  title?: string | undefined;
  disabled?: boolean;
  "aria-describedby"?: string | undefined;
} & (
  | { type: "text"; inputMode: "decimal" | "text" }
  | { type: "number"; min: number; max: number }
)) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      {...attributes}
      autocomplete="off"
      spellcheck={false}
      value={typed ?? value}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => {
        setTyped(null);
        onSettle(event.currentTarget.value);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
