import type { QueueAddress } from "./address";
import { tlsVariables as names } from "./tls";
import type { Trouble } from "./trouble";

/**
 * What an error of a connection means where TLS is to blame; null for other errors.
 *
 * @param address of the store: an address over TLS is never told to use TLS
 */
export function tlsTrouble({ shown, tls }: QueueAddress, error: Error): Trouble | null {
  const { message, code = "" } = error as NodeJS.ErrnoException;
  const text = `${code} ${message}`;
  const isTls = shown.startsWith("rediss:");
  const final = (sentence: string): Trouble => ({ kind: "final", sentence });
  const passing = (sentence: string): Trouble => ({ kind: "passing", sentence });
  if (/certificate.required|bad.certificate|alert.unknown.ca|handshake.failure/i.test(text)) {
    return final(
      tls?.cert === undefined
        ? `${shown} asks for a client certificate: ${names.cert} and ${names.key} name its file and its key's.`
        : `${shown} refuses the client certificate that ${names.cert} names.`,
    );
  }
  if (/self.signed|UNABLE_TO|unable to (get|verify)|CERT_|altname|certificate/i.test(text)) {
    const [reason = ""] = message.split("\n");
    return final(
      `The TLS certificate of ${shown} is not trusted (${reason.replace(/\.$/, "")}): ${names.ca} names a file of the authorities that are.`,
    );
  }
  if (/wrong.version|EPROTO|packet.length|\bSSL\b/i.test(text)) {
    return final(`${shown} does not speak TLS: without it the address begins with redis://.`);
  }
  if (isTls && /ECONNRESET|closed|EPIPE|socket disconnected/i.test(text)) {
    return passing(
      `${shown} closed the connection while TLS began or after: it may not speak TLS, or ask for a client certificate (${names.cert} and ${names.key}).`,
    );
  }
  if (isTls && /ETIMEDOUT|timed out|timeout/i.test(text)) {
    return passing(
      `Nothing answers at ${shown} in time; if it does not speak TLS there, its address begins with redis://.`,
    );
  }
  return null;
}
