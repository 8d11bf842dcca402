"use client";
import { useEffect, useState } from "react";

// Shows what the worker tells.
export default function Page() {
  const [log, setLog] = useState("");
  useEffect(() => {
    const worker = new Worker(new URL("./train.js", import.meta.url), { type: "module" });
    const add = (line) => setLog((text) => `${text}${line}\n`);
    worker.onmessage = ({ data }) => add(data);
    worker.onerror = ({ message }) => add(`failed: ${message}`);
    return () => worker.terminate();
  }, []);
  return <pre id="log">{log}</pre>;
}
