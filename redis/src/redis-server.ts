import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { scratch } from "./scratch";

const run = promisify(execFile);

const binary = "/usr/bin/redis-server";

/** Whether Debian's redis-server is here; tests that need it name it where it is not. */
export const hasRedis = existsSync(binary);

/** A Redis of a test's own, which keeps what it has over a restart. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #options: string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, options: string[]) {
    this.port = port;
    this.#folder = folder;
    this.#options = options;
  }

  /** Starts one on a port that is free, with its files in a folder of its own. */
  static async start(...options: string[]): Promise<RedisServer> {
    const folder = await mkdtemp(join(scratch, "grok-redis-"));
    const server = new RedisServer(await freePort(), folder, options);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = ["--port", `${this.port}`, "--bind", "127.0.0.1", "--dir", this.#folder];
    const persistent = ["--appendonly", "yes", "--appendfsync", "everysec", "--save", ""];
    const own = spawn(binary, [...options, ...persistent, ...this.#options], { stdio: "ignore" });
    this.#process = own;
    // Nor does it outlive a test that was cut off.
    const kill = () => own.kill("SIGKILL");
    process.once("exit", kill);
    own.once("exit", () => process.off("exit", kill));
    for (let attempt = 0; attempt < 200; attempt++) {
      // A Redis that is reading its files says LOADING, and one with a password NOAUTH.
      if (/^(\+PONG|-NOAUTH)/.test(await ping(this.port))) return;
      await setTimeout(25);
    }
    throw new Error("redis-server does not start.");
  }

  /** Stops answering, as a connection that is cut does, until {@link RedisServer.thaw}. */
  freeze(): void {
    this.#process?.kill("SIGSTOP");
  }

  thaw(): void {
    this.#process?.kill("SIGCONT");
  }

  /** Ends the process, in order or at once; what it was told is on the disk. */
  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const ending = this.#process;
    if (ending === undefined) return;
    this.#process = undefined;
    const ended = once(ending, "exit");
    ending.kill("SIGCONT");
    ending.kill(signal);
    await ended;
  }

  /** Does a command, with Debian's redis-cli, and gives the answer as that prints it. */
  async command(...args: string[]): Promise<string> {
    const { stdout } = await run("redis-cli", ["-p", `${this.port}`, ...args]);
    return stdout.trim();
  }

  /** Ends the process and takes away its files: what starts next is empty. */
  async forget(): Promise<void> {
    await this.end("SIGKILL");
    for (const name of await readdir(this.#folder)) {
      await rm(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  /** Ends it and removes its files. */
  async remove(): Promise<void> {
    await this.end("SIGKILL");
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** What a Redis answers to PING; nothing where it does not listen. */
async function ping(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  try {
    socket.write("PING\r\n");
    const [bytes] = await once(socket, "data", { signal: AbortSignal.timeout(1000) });
    return String(bytes);
  } catch {
    return "";
  } finally {
    socket.destroy();
  }
}
