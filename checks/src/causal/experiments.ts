/** A question about causes that somebody has published, as a sweep over changes. */
export interface CausalExperiment {
  readonly name: string;
  readonly what: string;
  readonly source: string;
  readonly command: string;
  /** What was expected before any run but a probe of seed 0, which grokked at step 3,900. */
  readonly expected: string;
}

const common =
  "grok sweep --preset nanda --p 53 --train-fraction 0.4 --steps 12000 --seeds 0..4 --threads 1 --no-stop-on-grok";

export const experiments: readonly CausalExperiment[] = [
  {
    name: "ungrokking",
    what: "A network that has grokked continues with a part of its training examples: below some share it forgets.",
    source: "Varma et al. 2023 (arXiv 2309.02390)",
    command: `${common} --grid "change=none,8000: train-fraction=0.05,8000: train-fraction=0.1,8000: train-fraction=0.2" --out-dir runs/ungrokking`,
    expected: "Forgets below some share; the final validation accuracy rises with the share.",
  },
  {
    name: "causes",
    what: "Weight decay is switched off, or the embedding of the symbols frozen, once the training examples are memorised.",
    source:
      "Nanda et al. 2023 (arXiv 2301.05217) for the decay, AlquBoj et al. 2025 (arXiv 2505.15624) for the embedding",
    command: `${common} --checkpoint-at 8000 --grid "change=none,300: weight-decay=0,300: freeze=tokenEmbedding" --out-dir runs/causes`,
    expected:
      "Without decay at most 1 of 5 seeds groks, untouched 5 of 5. Frozen: open; later than untouched, or never.",
  },
];
