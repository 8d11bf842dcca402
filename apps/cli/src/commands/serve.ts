import { once } from "node:events";
import { stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { LoadedExtension } from "@grok/train";
import { systemRefusal } from "@grok/train/front-end";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { numberFlag } from "../queue/queue-flags";
import { listenForInterrupt } from "../run/interrupt";
import { isLoopback } from "../serve/allowed-host";
import { embeddersOf } from "../serve/embedders";
import { pageFolder } from "../serve/page-folder";
import { createPageServer } from "../serve/server";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/** Free of what is common, so that the same address works from day to day. */
const defaultPort = 4600;

/**
 * Serves the page with the runs in a folder until it is asked to stop, which is how it ends well.
 *
 * @param folder default: runs
 * @throws UsageError if the folder is none, or the port or address cannot be had; RunFailure if
 * the page was not built
 */
export async function serve(
  folder: string | undefined,
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const runs = folder ?? "runs";
  const port = numberFlag(given, "port", { min: 0, max: 65_535, whole: true }) ?? defaultPort;
  const host = given.host === undefined ? "127.0.0.1" : String(given.host);
  if (host.trim() === "") throw new UsageError("--host must be a name or an address.");
  const embedders = embeddersOf(given["allow-embed"]);
  await checkServed(runs, folder === undefined);
  const page = await pageFolder(processEnv.self.at(-1) as string);
  const interrupt = listenForInterrupt(processEnv);
  try {
    const server = await createPageServer({ page, runs, host, embedders, extensions });
    server.listen(port, host);
    await once(server, "listening").catch((error) => {
      throw new UsageError(refused(error, host, port), { cause: error });
    });
    const address = server.address() as AddressInfo;
    processEnv.stdout.write(`${shown(host, address)}\n`);
    processEnv.stdout.write(`The page, with the runs in ${runs}. Ctrl-C ends it.\n`);
    if (!isLoopback(host)) {
      processEnv.stderr.write(
        `Everyone who reaches this machine at ${host} can read the runs in ${runs}. Browsers elsewhere train in a page only over https or through a tunnel: ssh -L ${address.port}:localhost:${address.port}.\n`,
      );
    }
    const closed = once(server, "close");
    const stop = () => {
      server.close();
      server.closeAllConnections();
    };
    interrupt.onFirst = stop;
    if (interrupt.signal.aborted) stop();
    await closed;
  } finally {
    interrupt.release();
  }
  return status.done;
}

async function checkServed(runs: string, isDefault: boolean): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(runs)).isDirectory();
  } catch (error) {
    const reason = systemRefusal(error)?.reason ?? (error as Error).message;
    const hint = isDefault
      ? " Name the folder that has your runs, as in grok serve DIR; grok train makes one here."
      : "";
    throw new UsageError(`${runs} cannot be served: ${reason}.${hint}`, { cause: error });
  }
  if (!isFolder) throw new UsageError(`${runs} cannot be served: it is a file, not a folder.`);
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is taken; give another with --port, or 0 for any that is free.`;
    case "EACCES":
      return `Port ${port} of ${host} is not for everybody; give one from 1024 with --port.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `--host ${host} is no address of this machine; 0.0.0.0 means all that it has.`;
    default:
      return `The server cannot listen on ${host}, port ${port}: ${systemRefusal(error)?.reason ?? "the system refuses it"}.`;
  }
}

/** The page's address for a browser on this machine. */
function shown(host: string, { address, family, port }: AddressInfo): string {
  if (host === "0.0.0.0" || host === "::") return `http://localhost:${port}/`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}/`;
}
