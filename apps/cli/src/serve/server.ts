import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { LoadedExtension } from "@grok/train";
import sirv from "sirv";
import { isAllowedHost } from "./allowed-host";
import { commonHeaders, filePolicy, pageHeaders } from "./headers";
import { isKnown, listRunFiles, namedFile, sendRunFile } from "./run-file";
import { RunIndex } from "./run-index";
import { ServedExtensions } from "./served-extensions";

/** What is served, and where. */
export interface ServerOptions {
  /** The folder of the page, built. */
  page: string;
  /** The folder with the runs. */
  runs: string;
  /** What the server will listen on. */
  host: string;
  /** The origins whose sites may show the page in a frame; default none. */
  embedders?: readonly string[];
  /** What the page's experiments may be made of besides what is built in; default nothing. */
  extensions?: readonly LoadedExtension[];
}

/**
 * A server of the page and of the runs in a folder, which changes nothing. It gives the page's files,
 * `/runs/` (the list; `/runs/?since=VERSION` what changed in it), `/runs/NAME/` (a run's files by
 * name) and `/runs/NAME/FILE`, `/extensions/` (the list of those that it was started with) and their bundles, for the names of runs that it found and files that runs have, and
 * nothing else.
 */
export async function createPageServer({
  page,
  runs,
  host,
  embedders = [],
  extensions = [],
}: ServerOptions): Promise<Server> {
  const root = await realpath(runs);
  const index = new RunIndex(root);
  const bundles = new ServedExtensions(extensions);
  // The page knows by this what is served with it, and where.
  const served = ["runs", ...(extensions.length === 0 ? [] : ["extensions"])];
  const metas = served.map((name) => `<meta name="grok-${name}" content="./${name}/" />`).join("");
  const document = readFileSync(join(page, "index.html"), "utf8").replace(
    "</head>",
    `${metas}</head>`,
  );
  const files = sirv(page, {
    etag: true,
    extensions: [],
    onNoMatch: (_, response) => refuse(response, 404, "There is no such file."),
  });

  const sendRuns = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    if (path === "") {
      const { searchParams } = new URL(request.url ?? "/", "http://localhost");
      return sendJson(request, response, await index.list(searchParams.get("since")));
    }
    const named = namedFile(path);
    const folder = named === null ? undefined : await index.folderOf(named.run);
    if (named !== null && folder !== undefined) {
      const { file } = named;
      if (file === "") return sendJson(request, response, { files: await listRunFiles(folder) });
      if (await sendRunFile(request, response, { root, folder, file })) return;
    }
    refuse(response, 404, "There is no such file of a run.");
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = pathOf(request);
    const isPage = path === "/" || path === "/index.html";
    const headers = { ...commonHeaders, ...pageHeaders(isPage ? embedders : []) };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!isAllowedHost(request.headers.host, host)) {
      return refuse(response, 403, "This server is asked under a name that is not this machine's.");
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "This server can only be read: GET and HEAD.");
    }
    if (path === null) return refuse(response, 400, "The address cannot be read.");
    if (isPage) return sendText(request, response, "text/html; charset=utf-8", document);
    if (path === "/extensions/") return sendJson(request, response, bundles.list);
    const bundle = bundles.textOf(path);
    if (bundle !== null) return sendText(request, response, "text/javascript", bundle);
    if (path.startsWith("/runs/")) {
      return sendRuns(path.slice("/runs/".length), request, response);
    }
    files(request, response);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      // The asker may have gone; what was half sent must not look whole.
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "The file could not be read.");
    });
  });
  server.on("close", () => index.close());
  return server;
}

/** The path of an address, decoded once; null if it is no proper one. */
function pathOf({ url = "/" }: IncomingMessage): string | null {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
    return path.startsWith("/") && !path.includes("\0") ? path : null;
  } catch {
    return null;
  }
}

function sendJson(request: IncomingMessage, response: ServerResponse, data: unknown): void {
  response.setHeader("Content-Security-Policy", filePolicy);
  sendText(request, response, "application/json", JSON.stringify(data));
}

function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  text: string,
): void {
  const tag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
  response.setHeader("ETag", tag);
  if (isKnown(request, tag)) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(request.method === "HEAD" ? undefined : text);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${sentence}\n`);
}
