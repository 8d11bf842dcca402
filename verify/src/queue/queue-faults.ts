import { setTimeout } from "node:timers/promises";
import { CommandProcess } from "./command-process";
import { lockSeconds, workerCommand } from "./managed-worker";
import { commandOf, descendantsOf, engineOf, send } from "./processes";
import type { TestBed } from "./test-bed";

/** The outcome of a fault: it was made, and what was not as it should be. */
interface Outcome {
  isMade: boolean;
  wrong?: string;
}

const made: Outcome = { isMade: true };
const notMade: Outcome = { isMade: false };

/** Milliseconds in which a process that was told to stop ends, on a busy machine too. */
const endMs = 60_000;

type Fault = (bed: TestBed) => Promise<Outcome>;

/** All faults, by what they are called in the table. */
export const queueFaults: Readonly<Record<string, Fault>> = {
  "worker killed": async (bed) => {
    await bed.pick().child.kill();
    return made;
  },
  "process of a run killed": async (bed) => {
    const pid = bed.pick().child.pid;
    const runners = descendantsOf(pid).filter((each) =>
      /runner-(entry|process)/.test(commandOf(each)),
    );
    const [runner] = runners;
    if (runner === undefined) return notMade;
    process.kill(runner, "SIGKILL");
    return made;
  },
  "worker stopped beyond its lock": async (bed) => {
    const { child } = bed.pick();
    const all = [child.pid, ...descendantsOf(child.pid)];
    for (const pid of all) send(pid, "SIGSTOP");
    bed.heal(1500 * lockSeconds, async () => all.forEach((pid) => void send(pid, "SIGCONT")));
    return made;
  },
  "connection cut": async (bed) => {
    const { proxy } = bed.pick();
    if (bed.random() < 0.5) proxy.silence();
    else proxy.refuse();
    bed.heal(1500 * lockSeconds, async () => proxy.open());
    return made;
  },
  "clock wrong by up to an hour": async (bed) => {
    const { child } = bed.pick();
    // A process that has not loaded its first module yet would end.
    if (!child.said.includes("takes one run")) return notMade;
    send(engineOf(child.pid), "SIGUSR2");
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
  "Redis restarted": (bed) =>
    bed.withServer(async ({ server, random }) => {
      await server.end(random() < 0.5 ? "SIGKILL" : "SIGTERM");
      await setTimeout(500 * random());
      await server.start();
    }),
  "Redis restarted empty": (bed) =>
    bed.withServer(async ({ server, random }) => {
      await server.forget();
      await setTimeout(500 * random());
      await server.start();
    }),
  "Redis hangs": (bed) =>
    bed.withServer(async ({ server, random }) => {
      server.freeze();
      await setTimeout(1000 * lockSeconds * random());
      server.thaw();
    }),
  "Redis full": (bed) =>
    bed.withServer(async ({ server, random }) => {
      await server.command("CONFIG", "SET", "maxmemory", "1");
      await setTimeout(1000 * random());
      await server.command("CONFIG", "SET", "maxmemory", "0");
    }),
  "Redis read-only": (bed) =>
    bed.withServer(async ({ server, random }) => {
      await server.command("REPLICAOF", "127.0.0.1", "1");
      await setTimeout(1000 * random());
      await server.command("REPLICAOF", "NO", "ONE");
    }),
  "disk full": async (bed) => {
    if (bed.disk === null) return notMade;
    // The workers write meanwhile: then it is full before.
    await bed.disk.fill(4096 * Math.floor(8 * bed.random())).catch(() => {});
    bed.heal(2000 * bed.random(), async () => bed.disk?.free());
    return made;
  },
  "sweep killed": async (bed) => {
    await bed.killSweep();
    return made;
  },
  "told to stop while Redis hangs": (bed) =>
    bed.withServer(async ({ server }) => {
      const { child } = bed.pick();
      if (!child.said.includes("takes one run")) return undefined;
      server.freeze();
      send(engineOf(child.pid), "SIGTERM");
      const isEnded = await child.endsWithin(endMs);
      server.thaw();
      return isEnded
        ? undefined
        : `${child.launch.name} did not end within ${endMs / 1000} s of SIGTERM`;
    }),
  "wrong database, or a user without permissions": async (bed) => {
    const { server, self } = bed;
    await server
      .command("ACL", "SETUSER", "poor", "on", ">secret", "~*", "+@all", "-set")
      .catch(() => {});
    const isDatabase = bed.random() < 0.5;
    const url = isDatabase ? `${server.url}/99` : server.url.replace("//", "//poor:secret@");
    const command = workerCommand(self, { before: [], node: null }, ["--queue", url, "--once"]);
    const child = new CommandProcess({ name: "a worker that may not", command });
    const isEnded = await child.endsWithin(endMs);
    await child.kill();
    const sentence = isDatabase ? /has no such database/ : /does not let this user/;
    const isTold = sentence.test(child.said) && child.fault === null && (await child.ended) === 2;
    // Redis itself may be away at this moment, which is another fault's.
    if (/No Redis listens|is still reading|in time|closed the/.test(child.said)) return notMade;
    if (isEnded && isTold) return made;
    return { isMade: true, wrong: `${child.launch.name} said: ${child.said.trim().slice(-300)}` };
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
