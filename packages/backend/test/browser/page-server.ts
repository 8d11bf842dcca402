import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const types = {
  ".json": "application/json",
  ".js": "text/javascript",
  "": "text/html",
};

/** What a page is served besides itself. */
export interface PageContent {
  /** What the page runs. */
  script: string;
  /** A folder whose JSON files the page may fetch. */
  data?: URL;
  /** Headers of an answer, by the path asked for. */
  headers?: (path: string) => Record<string, string>;
}

/** Serves a page, the same one under every folder, with what it fetches; on this machine only. */
export async function servePage({ script, data, headers = () => ({}) }: PageContent) {
  const answer = (name: string, type: string): Promise<Buffer> | string => {
    if (type === ".json" && data !== undefined) return readFile(new URL(name, data));
    if (type === ".js") return script;
    return '<!doctype html><script type="module" src="page.js"></script>';
  };
  const serve = async (path: string, response: ServerResponse) => {
    const name = path.split("/").at(-1) as string;
    const type = (/\.(json|js)$/.exec(name)?.[0] ?? "") as keyof typeof types;
    try {
      const body = await answer(name, type);
      response.writeHead(200, { ...headers(path), "content-type": types[type] });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server = createServer(({ url = "/" }, response) => void serve(url, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => void server.close() };
}
