import { checkQueueName, parseQueueAddress } from "./address";
import { defaultQueueName, type QueueSettings } from "./open-store";

/**
 * Sees once whether a queue can be used from here: that its Redis answers, is recent enough, lets
 * this user write, and drops nothing. Nothing is waited for but the connection.
 *
 * @returns the address without its password
 * @throws QueueError that says why it cannot; the signal's reason
 */
export async function checkQueue({
  url,
  password,
  tls,
  name = defaultQueueName,
  signal,
}: Pick<QueueSettings, "url" | "password" | "tls" | "name" | "signal">): Promise<string> {
  const address = parseQueueAddress(url, password, tls);
  const { checkRedis } = await import("./redis-check");
  await checkRedis(address, checkQueueName(name), signal);
  return address.shown;
}
