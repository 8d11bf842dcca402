import { readFileSync } from "node:fs";

/** The rules of `ACL SETUSER` that the README gives for a queue's user. */
export function permissionsOf(queueName: string): string[] {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, rules] = /ACL SETUSER grok ([^`]+?)\n```/.exec(readme) ?? [];
  if (rules === undefined) throw new Error("The README says no ACL SETUSER.");
  return rules
    .replaceAll("\\\n", " ")
    .replace("bull:grok:", `bull:${queueName}:`)
    .replace("grok:{grok}:", `grok:{${queueName}}:`)
    .replace(">PASSWORD", ">secret")
    .trim()
    .split(/\s+/)
    .map((rule) => rule.replaceAll("'", ""));
}
