import type { hostModuleNames } from "./format";

/** The modules that an extension may ask its host for, by name. */
export type HostModules = Readonly<Record<string, unknown>>;

/**
 * Makes host modules of a program's own namespaces. An extension that was bundled when a package had
 * one entry point finds the others in it, too.
 *
 * @param namespaces what `import * as` gives, by module
 */
export function hostModulesOf(
  namespaces: Readonly<Record<(typeof hostModuleNames)[number], object>>,
): HostModules {
  const all = Object.entries(namespaces);
  return Object.fromEntries(
    all.map(([name, module]) => {
      const parts = all.filter(([other]) => other.startsWith(`${name}/`)).map(([, part]) => part);
      // Bundlers take `default` from what says that it was a module.
      return [name, Object.assign({}, ...parts, module, { __esModule: true })];
    }),
  );
}
