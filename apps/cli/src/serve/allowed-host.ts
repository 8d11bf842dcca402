import { isIP } from "node:net";
import { hostname } from "node:os";

/**
 * Whether a request's Host header names this machine in a way that no other site can claim. A page
 * elsewhere can point a name of its own at this address and then read what the server gives (DNS
 * rebinding); its name then stands in the header. So addresses are allowed, and this machine's names.
 *
 * @param host the header; undefined for none
 * @param listening what the server was told to listen on
 */
export function isAllowedHost(host: string | undefined, listening: string): boolean {
  const name = /^(\[[\da-f:.]+\]|[^:\s/@]+)(:\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0) return true;
  const own = hostname().toLowerCase();
  const names = ["localhost", own, `${own}.local`, listening.toLowerCase()];
  return names.includes(name.replace(/\.$/, ""));
}

/** Whether only this machine can reach a server that listens there. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
