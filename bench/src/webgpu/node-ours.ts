// Ours in Node, on Dawn: node-ours.ts SETTINGS
import { serve } from "../serve.ts";
import { type OursOnWebgpu, oursOnWebgpu } from "./ours.ts";

const { node: Node, v8: V8 } = process.versions;
await serve(() =>
  oursOnWebgpu(JSON.parse(process.argv[2] as string) as OursOnWebgpu, { Node, V8 }),
);
