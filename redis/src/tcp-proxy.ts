import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands between a worker and its Redis, and can come between them. */
export class TcpProxy {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #state: "open" | "silent" | "refusing" = "open";

  private constructor(target: number) {
    this.#server = createServer((near) => {
      if (this.#state === "refusing") {
        near.destroy();
        return;
      }
      const far = connect(target, "127.0.0.1");
      const pair: [Socket, Socket] = [near, far];
      this.#pairs.add(pair);
      const end = () => {
        this.#pairs.delete(pair);
        near.destroy();
        far.destroy();
      };
      for (const [from, to] of [pair, [far, near] as const]) {
        from.on("error", end);
        from.on("close", end);
        from.on("data", (bytes: Buffer) => void to.write(bytes));
      }
      if (this.#state === "silent") hold(pair);
    });
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  /** Nothing goes through, and nobody is told; what was sent arrives when it opens again. */
  silence(): void {
    this.#state = "silent";
    for (const pair of this.#pairs) hold(pair);
  }

  /** Connections break, and no new one is made. */
  refuse(): void {
    this.#state = "refusing";
    for (const [near, far] of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  open(): void {
    this.#state = "open";
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    this.refuse();
    this.#server.close();
    await once(this.#server, "close");
  }
}

function hold(pair: [Socket, Socket]): void {
  for (const socket of pair) socket.pause();
}
