import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** What makes a page cross-origin isolated, so that its threads may share memory. */
export const isolated = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/** What lets a page of any other origin import a module, as CDNs answer. */
export const open = { "access-control-allow-origin": "*" };

/** A server of a folder's files. */
export interface FileServer {
  url: string;
  close(): void;
}

/**
 * Serves a folder's files.
 *
 * @param headers of every answer; default: those that isolate a page
 */
export async function serveFolder(
  folder: string,
  headers: Record<string, string> = isolated,
): Promise<FileServer> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://x").pathname);
    const name = path.endsWith("/") ? `${path}index.html` : path;
    readFile(join(folder, name)).then(
      (body) => {
        response.writeHead(200, {
          "content-type": types[extname(name)] ?? "application/octet-stream",
          ...headers,
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
