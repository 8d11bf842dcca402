// Shows what the worker tells.
const log = document.querySelector("#log") as HTMLElement;
const worker = new Worker(new URL("./train.ts", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => log.append(`${data}\n`);
worker.onerror = ({ message }) => log.append(`failed: ${message}\n`);
