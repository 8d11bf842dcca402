/** A name in camelCase as the command has it: `trainFraction` becomes `train-fraction`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A name of the command in camelCase: `train-fraction` becomes `trainFraction`. */
export function camel(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
