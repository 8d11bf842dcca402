type Method = (...args: unknown[]) => unknown;

/** Has a method tell of its calls before it does what it does; what is told may change the arguments. */
export function before<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  note: (args: unknown[], self: T) => void,
): void {
  const original = prototype[name] as Method;
  prototype[name] = function (this: T, ...args: unknown[]) {
    note(args, this);
    return original.apply(this, args);
  } as T[K];
}

/** Has a method tell of what it gave. */
export function after<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
  note: (result: unknown, self: T) => void,
): void {
  const original = prototype[name] as Method;
  prototype[name] = function (this: T, ...args: unknown[]) {
    const result = original.apply(this, args);
    note(result, this);
    return result;
  } as T[K];
}
