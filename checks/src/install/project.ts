import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { pnpmCommand } from "../pnpm.ts";
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
    // For pnpm: the packages of the workspace have been published this minute; scripts do not run.
    await project.write("pnpm-workspace.yaml", "minimumReleaseAge: 0\nstrictDepBuilds: false\n");
    return project;
  }

  /** A folder of this project, which finds what the project has installed. */
  async inside(name: string): Promise<Project> {
    const folder = new Project(join(this.folder, name));
    await folder.write("package.json", '{ "private": true }\n');
    return folder;
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

  /**
   * Installs packages with pnpm, which takes a tenth of npm's time and shows a package nothing but
   * what its package.json names: one that it forgets to name is not found.
   */
  async addStrictly(packages: readonly string[]): Promise<void> {
    const [command, ...first] = pnpmCommand();
    await this.execute(command, [...first, "add", ...packages]);
  }

  /** Runs a program with arguments here; gives what it printed to stdout. */
  async execute(program: string, args: readonly string[]): Promise<string> {
    try {
      const { stdout } = await promisify(execFile)(program, args, {
        cwd: this.folder,
        env: outsideEnvironment(),
        shell: windows && ["npm", "npx", "pnpm"].includes(program),
        timeout: 120_000,
      });
      return stdout;
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${args.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }

  /** Starts a program here that keeps running, and waits until it has printed what matches. */
  async start(program: string, args: readonly string[], ready: RegExp): Promise<Running> {
    const child = spawn(program, args, {
      cwd: this.folder,
      env: outsideEnvironment(),
      shell: windows,
    });
    const ended = once(child, "exit");
    const stop = async () => {
      child.kill();
      await ended;
    };
    let printed = "";
    const match = await new Promise<string>((resolve, reject) => {
      const fail = () =>
        reject(new Error(`${program} ended, or said nothing in 60 s:\n${printed}`));
      const timer = setTimeout(fail, 60_000);
      child.once("exit", fail);
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (data) => {
          // Colours split what is looked for.
          printed += stripVTControlCharacters(String(data));
          const found = ready.exec(printed)?.[0];
          if (found === undefined) return;
          clearTimeout(timer);
          resolve(found);
        });
      }
    }).catch(async (error) => {
      await stop();
      throw error;
    });
    return { match, stop };
  }

  /** What `grok serve` answers for the page's address. */
  async servedPage(node: string, args: readonly string[]): Promise<string> {
    const server = await this.start(node, [...args, "--port", "0"], /http:\/\/[\d.]+:\d+\//);
    try {
      return await (await fetch(server.match)).text();
    } finally {
      await server.stop();
    }
  }
}

/** A program of a project that runs until it is stopped. */
export interface Running {
  /** What it printed that was waited for. */
  match: string;
  stop(): Promise<void>;
}

/** The environment without what pnpm, which runs the tests, adds for scripts of the workspace. */
function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|node_options$|node_path$|vitest|grok_)/i.test(name),
  );
  // Deno trusts its own list of authorities alone, and takes a registry behind another for missing.
  return { ...Object.fromEntries(kept), DENO_TLS_CA_STORE: "system,mozilla" };
}
