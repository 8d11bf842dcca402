const arrays = { Uint8Array, Int8Array, Uint16Array, Int16Array, Int32Array, Float32Array };

/** Data with typed arrays as JSON. */
export function pack(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? { array: value.constructor.name, values: Array.from(value as Uint8Array) }
      : value,
  );
}

/** What {@link pack} was given. */
export function unpack<T>(text: string): T {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || !("array" in value)) return value;
    const { array, values } = value as unknown as { array: keyof typeof arrays; values: number[] };
    return arrays[array].from(values);
  }) as T;
}
