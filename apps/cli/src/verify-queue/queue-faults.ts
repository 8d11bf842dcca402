import { setTimeout } from "node:timers/promises";
import { Actor } from "./actor";
import { lockSeconds, workerCommand } from "./crew";
import { commandOf, descendantsOf, engineOf, send } from "./processes";
import type { Scene } from "./scene";

/** What came of a fault: it was made, and what was not as it should be. */
interface Outcome {
  isMade: boolean;
  wrong?: string;
}

const made: Outcome = { isMade: true };
const notMade: Outcome = { isMade: false };

/** Milliseconds in which a process that was told to stop ends, on a busy machine too. */
const endMs = 60_000;

type Fault = (scene: Scene) => Promise<Outcome>;

/** All faults, by what they are called in the table. */
export const queueFaults: Readonly<Record<string, Fault>> = {
  "worker killed": async (scene) => {
    await scene.pick().actor.kill();
    return made;
  },
  "process of a run killed": async (scene) => {
    const pid = scene.pick().actor.pid;
    const runners = descendantsOf(pid).filter((each) =>
      /runner-(entry|process)/.test(commandOf(each)),
    );
    const [runner] = runners;
    if (runner === undefined) return notMade;
    process.kill(runner, "SIGKILL");
    return made;
  },
  "worker stopped beyond its lock": async (scene) => {
    const { actor } = scene.pick();
    const all = [actor.pid, ...descendantsOf(actor.pid)];
    for (const pid of all) send(pid, "SIGSTOP");
    scene.heal(1500 * lockSeconds, async () => all.forEach((pid) => void send(pid, "SIGCONT")));
    return made;
  },
  "connection cut": async (scene) => {
    const { proxy } = scene.pick();
    if (scene.random() < 0.5) proxy.silence();
    else proxy.refuse();
    scene.heal(1500 * lockSeconds, async () => proxy.open());
    return made;
  },
  "clock wrong by up to an hour": async (scene) => {
    const { actor } = scene.pick();
    // A process that has not loaded its first module yet would end.
    if (!actor.said.includes("takes one run")) return notMade;
    send(engineOf(actor.pid), "SIGUSR2");
    return made;
  },
  "job delivered twice": async ({ server, names, random }) => {
    const active = (await server.command("LRANGE", `${bull}active`, "0", "-1")).split("\n");
    const id =
      active.find((each) => each !== "") ?? `run-${names[Math.floor(random() * names.length)]}`;
    if ((await server.command("HEXISTS", `${bull}${id}`, "data")) !== "1") return notMade;
    await server.command("RPUSH", `${bull}wait`, id);
    await server.command("ZADD", `${bull}marker`, "0", "0");
    return made;
  },
  "job forgotten": async ({ server, names, random }) => {
    const name = names[Math.floor(random() * names.length)];
    const gone = await server.command("DEL", `${bull}run-${name}`);
    return gone === "1" ? made : notMade;
  },
  "Redis flushed": async ({ server }) => {
    await server.command("FLUSHALL");
    return made;
  },
  "Redis restarted": (scene) =>
    scene.withServer(async ({ server, random }) => {
      await server.end(random() < 0.5 ? "SIGKILL" : "SIGTERM");
      await setTimeout(500 * random());
      await server.start();
    }),
  "Redis restarted empty": (scene) =>
    scene.withServer(async ({ server, random }) => {
      await server.forget();
      await setTimeout(500 * random());
      await server.start();
    }),
  "Redis hangs": (scene) =>
    scene.withServer(async ({ server, random }) => {
      server.freeze();
      await setTimeout(1000 * lockSeconds * random());
      server.thaw();
    }),
  "Redis full": (scene) =>
    scene.withServer(async ({ server, random }) => {
      await server.command("CONFIG", "SET", "maxmemory", "1");
      await setTimeout(1000 * random());
      await server.command("CONFIG", "SET", "maxmemory", "0");
    }),
  "Redis read-only": (scene) =>
    scene.withServer(async ({ server, random }) => {
      await server.command("REPLICAOF", "127.0.0.1", "1");
      await setTimeout(1000 * random());
      await server.command("REPLICAOF", "NO", "ONE");
    }),
  "disk full": async (scene) => {
    if (scene.disk === null) return notMade;
    // The workers write meanwhile: then it is full before.
    await scene.disk.fill(4096 * Math.floor(8 * scene.random())).catch(() => {});
    scene.heal(2000 * scene.random(), async () => scene.disk?.free());
    return made;
  },
  "sweep killed": async (scene) => {
    await scene.killSweep();
    return made;
  },
  "told to stop while Redis hangs": (scene) =>
    scene.withServer(async ({ server }) => {
      const { actor } = scene.pick();
      if (!actor.said.includes("takes one run")) return undefined;
      server.freeze();
      send(engineOf(actor.pid), "SIGTERM");
      const isEnded = await actor.endsWithin(endMs);
      server.thaw();
      return isEnded
        ? undefined
        : `${actor.part.name} did not end within ${endMs / 1000} s of SIGTERM`;
    }),
  "wrong database, or a user without permissions": async (scene) => {
    const { server, self } = scene;
    await server
      .command("ACL", "SETUSER", "poor", "on", ">secret", "~*", "+@all", "-set")
      .catch(() => {});
    const isDatabase = scene.random() < 0.5;
    const url = isDatabase ? `${server.url}/99` : server.url.replace("//", "//poor:secret@");
    const command = workerCommand(self, { before: [], node: null }, ["--queue", url, "--once"]);
    const actor = new Actor({ name: "a worker that may not", command });
    const isEnded = await actor.endsWithin(endMs);
    await actor.kill();
    const sentence = isDatabase ? /has no such database/ : /does not let this user/;
    const isTold = sentence.test(actor.said) && actor.unfit === null && (await actor.ended) === 2;
    // Redis itself may be away at this moment, which is another fault's.
    if (/No Redis listens|is still reading|in time|closed the/.test(actor.said)) return notMade;
    if (isEnded && isTold) return made;
    return { isMade: true, wrong: `${actor.part.name} said: ${actor.said.trim().slice(-300)}` };
  },
};

/** Faults after which a process has to start again. */
export const restarting: ReadonlySet<string> = new Set([
  "worker killed",
  "process of a run killed",
  "sweep killed",
  "told to stop while Redis hangs",
  "wrong database, or a user without permissions",
]);

const bull = "bull:verify:";
