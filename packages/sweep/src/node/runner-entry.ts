// The file of a runner's process. What a terminal or a cluster sends to every process it has started
// (Ctrl-C, its end, Slurm's warning that the time is up) is the parent's to answer, from the first
// moment on: all else takes most of a second to load. Left alone, SIGUSR1 would open the port of
// Node's debugger, and the others would end the process without a checkpoint.
for (const signal of ["SIGINT", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const) {
  process.on(signal, () => {});
}
await import("./runner-process");
