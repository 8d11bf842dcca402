import { computed, signal } from "@preact/signals";
import { baseName } from "./experiment";

/** What was typed, and what the experiment began from then: beside another preset it has no meaning. */
const typed = signal<{ from: string; values: Readonly<Record<string, readonly string[]>> }>({
  from: "",
  values: {},
});

/** The flags whose fields have several values, which make a sweep, with these values. */
export const severalValues = computed(
  (): Readonly<Record<string, readonly string[]>> =>
    typed.value.from === baseName.value ? typed.value.values : {},
);

/** Gives a field several values, or with null none. */
export function setSeveral(name: string, values: readonly string[] | null): void {
  const { [name]: _, ...others } = severalValues.peek();
  if (values === null && severalValues.peek()[name] === undefined) return;
  typed.value = {
    from: baseName.peek(),
    values: values === null ? others : { ...others, [name]: values },
  };
}

/** Leaves all fields one value each. */
export function clearSeveral(): void {
  typed.value = { from: "", values: {} };
}
