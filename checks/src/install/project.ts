import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Registry } from "./registry.ts";

const windows = process.platform === "win32";

/** Somebody's new project: a folder outside of the workspace, with what they install from npm. */
export class Project {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes one in `folder`, whose `@grok/…` packages come from `registry`. */
  static async create(folder: string, registry: Registry): Promise<Project> {
    const project = new Project(folder);
    await project.write("package.json", '{ "private": true }\n');
    const npmrc = { "@grok:registry": registry.url, "prefer-offline": true, audit: false };
    const lines = Object.entries(npmrc).map(([key, value]) => `${key}=${value}\n`);
    await project.write(".npmrc", lines.join(""));
    return project;
  }

  async write(name: string, text: string): Promise<void> {
    const file = join(this.folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Runs a command line here; gives what it printed to stdout. */
  async run(line: string): Promise<string> {
    const [command = "", ...args] = line.split(" ");
    return this.execute(command, args);
  }

  /** Runs a program with arguments here; gives what it printed to stdout. */
  async execute(program: string, args: readonly string[]): Promise<string> {
    try {
      const { stdout } = await promisify(execFile)(program, args, {
        cwd: this.folder,
        env: outsideEnvironment(),
        shell: windows && program === "npm",
        timeout: 120_000,
      });
      return stdout;
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }
}

/** The environment without what pnpm, which runs the tests, adds for scripts of the workspace. */
function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|node_options$|node_path$|vitest|grok_)/i.test(name),
  );
  return Object.fromEntries(kept);
}
