import { messageOf } from "../worker/message";
import type { ThreadNews, ThreadWish } from "../worker/threads";

/** Starts the threads that a trainer wishes for. Gives the function that ends them all. */
export function startThreadsFor(trainer: Worker): () => void {
  const threads = new Set<Worker>();
  trainer.addEventListener("message", ({ data }: MessageEvent<ThreadWish | undefined>) => {
    if (data?.type !== "grok-thread") return;
    const { name, source, message, port } = data;
    const tell = (news: ThreadNews) => port.postMessage(news);
    try {
      const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      const thread = new Worker(url, { name });
      threads.add(thread);
      const end = () => {
        thread.terminate();
        threads.delete(thread);
        URL.revokeObjectURL(url);
      };
      thread.onmessage = () => tell({ type: "ready" });
      thread.onerror = (event) => {
        end();
        tell({ type: "died", message: event.message });
      };
      port.onmessage = end;
      thread.postMessage(message);
    } catch (error) {
      tell({ type: "died", message: messageOf(error) });
    }
  });
  return () => {
    for (const thread of threads) thread.terminate();
    threads.clear();
  };
}
