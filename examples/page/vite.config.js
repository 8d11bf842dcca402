// What makes a page cross-origin isolated, so that its threads may share memory.
const headers = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default {
  build: { target: "es2022" },
  worker: { format: "es" },
  server: { headers },
  preview: { headers },
};
