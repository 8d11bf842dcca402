/** The machine does not give the memory that something needs; one sentence says how much and what for. */
export class MemoryError extends Error {
  override name = "MemoryError";
}

/** What is thrown where the engine gets no memory for WebAssembly, as our error; null for other errors. */
export function memoryErrorOf(error: unknown): MemoryError | null {
  const { message = "" } = (error ?? {}) as Partial<Error>;
  if (!/could not allocate memory|out of memory|memory allocation/i.test(message)) return null;
  return new MemoryError(
    "WebAssembly does not get the memory that it needs here, at least 16 MiB and the addresses for it: raise the limit (ulimit -v, or the memory that a job asks for), or compute on backend cpu.",
    { cause: error },
  );
}
