/** Titles of the implementations that targets are about, by their keys. */
export const titles = {
  "ours-node": "ours, Node",
  "torch-eager": "PyTorch, CUDA, eager",
  "torch-graph": "PyTorch, CUDA graph",
} as const;

/** Key of an implementation that targets are about. */
export type TargetKey = keyof typeof titles;
