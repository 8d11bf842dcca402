import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { tarballManifest } from "./tarball.ts";

/** A registry of npm on this machine that has some tarballs and nothing else. */
export interface Registry {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves tarballs as npm's registry would, so that `npm install @grok/…` means them, with what they
 * depend on. Other packages come from the registry that the machine uses.
 */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const byPath = new Map<string, { type: string; body: Buffer | string }>();
  const server = createServer((request, response) => {
    const found = byPath.get(decodeURIComponent(request.url ?? ""));
    const type = found?.type ?? "application/json";
    response.writeHead(found === undefined ? 404 : 200, { "content-type": type });
    response.end(found?.body ?? "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const file of tarballs) {
    const body = await readFile(file);
    const manifest = await tarballManifest(file);
    const { name, version } = manifest;
    const tarball = `${url}${basename(file)}`;
    const integrity = `sha512-${createHash("sha512").update(body).digest("base64")}`;
    byPath.set(`/${basename(file)}`, { type: "application/octet-stream", body });
    const latest = { ...manifest, dist: { tarball, integrity } };
    const json = (value: unknown) => ({ type: "application/json", body: JSON.stringify(value) });
    byPath.set(
      `/${name}`,
      json({ name, "dist-tags": { latest: version }, versions: { [version]: latest } }),
    );
    // pnpm asks for this first.
    byPath.set(`/${name}/latest`, json(latest));
  }
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
