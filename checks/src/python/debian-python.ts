import { spawnSync } from "node:child_process";

/** Debian's Python. */
export const python = "/usr/bin/python3";

/** Whether it can import a module. */
export function hasModule(name: string): boolean {
  return spawnSync(python, ["-c", `import ${name}`], { stdio: "ignore" }).status === 0;
}

/** Runs a program, without bytecode beside the modules that it imports. */
export function runPython(program: string, cwd: string, args: readonly string[] = []) {
  return spawnSync(python, ["-B", "-", ...args], { cwd, input: program, encoding: "utf8" });
}
