import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { licences } from "../../checks/src/licences/vite-plugin.ts";
import { keptFiles } from "./scripts/kept-files-plugin.ts";

/** What makes a page cross-origin isolated, so that its threads may share memory. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const { page, worker } = licences();

/** Where the page will be, for readers of its preview picture that take whole addresses alone. */
const address = process.env["GROK_PAGE_ADDRESS"];

const previewAddress = {
  name: "preview-address",
  transformIndexHtml: (html: string) =>
    address === undefined
      ? html
      : html.replace("./preview.png", new URL("preview.png", address).href),
};

const conditions = ["@grok/source", "module", "browser"];

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative, so that the page works under any path of a static host.
  base: "./",
  resolve: { conditions },
  worker: { format: "es", plugins: () => [worker()] },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: "es2022", chunkSizeWarningLimit: 1500 },
  plugins: [page, keptFiles(), previewAddress],
});
