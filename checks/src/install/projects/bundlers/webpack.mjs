// Bundles page.js in a folder by webpack, with no more than where to read and write.
import { join } from "node:path";
import webpack from "webpack";

const [context] = process.argv.slice(2);
const output = { path: join(context, "bundle"), filename: "page.js" };
webpack({ mode: "production", context, entry: "./page.js", output }, (error, stats) => {
  if (error === null && !stats.hasErrors()) return;
  console.error(error ?? stats.toString("errors-only"));
  process.exitCode = 1;
});
