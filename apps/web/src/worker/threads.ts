import type { StartThread, ThreadRequest } from "@grok/backend";

/** What the trainer posts to the page, which then starts a thread of the kernels and tells the port. */
export interface ThreadWish extends Pick<ThreadRequest, "name" | "source" | "message"> {
  type: "grok-thread";
  port: MessagePort;
}

/** What the page tells of a thread. */
export type ThreadNews = { type: "ready" } | { type: "died"; message: string };

/** The ports of threads that have not ended, so that nothing takes them for garbage. */
const ports = new Set<MessagePort>();

/**
 * Has the page start a thread. From within a worker Firefox's `new Worker` waits for the main thread,
 * and on a busy machine sometimes for ever; on the main thread itself it does not wait.
 */
export const startThread: StartThread = ({ onReady, onDeath, ...request }) => {
  const { port1, port2 } = new MessageChannel();
  ports.add(port1);
  port1.onmessage = ({ data }: MessageEvent<ThreadNews>) => {
    if (data.type === "ready") onReady();
    else onDeath({ message: data.message });
  };
  const wish: ThreadWish = { type: "grok-thread", port: port2, ...request };
  self.postMessage(wish, { transfer: [port2] });
  return () => {
    port1.postMessage("end");
    ports.delete(port1);
  };
};
