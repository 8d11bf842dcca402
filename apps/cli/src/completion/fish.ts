import type { CommandSyntax, FlagSyntax, Values } from "./syntax";

/** A script for fish, which is sourced, or lies in its folder of completions as \`grok.fish\`. */
export function fishScript(commands: readonly CommandSyntax[]): string {
  const pairs = commands.filter(({ words }) => words.length === 2);
  const single = commands.filter(({ words }) => words.length === 1);
  const named = new Map(single.map(({ words, description }) => [words[0], description]));
  for (const { words, description } of pairs) {
    if (!named.has(words[0])) named.set(words[0], description);
  }
  const names = [...named, ["help", "print the help of a command"] as const];
  return `# Completions of grok for fish; written by: grok completion fish

# Whether the command line so far begins with these words, behind grok.
function __grok_is
    set -l typed (commandline -opc)[2..-1]
    set -l pair "$typed[1] $typed[2]"
    if test (count $typed) -gt 1; and contains -- $pair ${pairs.map(({ words }) => quoted(words.join(" "))).join(" ")}
        test "$argv" = $pair
    else
        test "$argv" = "$typed[1]"
    end
end

complete -c grok -f
complete -c grok -n 'test (count (commandline -opc)) -eq 1' -l help -d 'print the help'
complete -c grok -n 'test (count (commandline -opc)) -eq 1' -l version -d 'print the version'
${names
  .map(
    ([name, text]) =>
      `complete -c grok -n 'test (count (commandline -opc)) -eq 1' -a ${quoted(name)} -d ${quoted(text)}`,
  )
  .join("\n")}
complete -c grok -n '__grok_is help' -a ${quoted([...named.keys()].join(" "))}
${pairs
  .map(
    ({ words, description }) =>
      `complete -c grok -n ${quoted(`__grok_is ${words[0]}; and test (count (commandline -opc)) -eq 2`)} -a ${words[1]} -d ${quoted(description)}`,
  )
  .join("\n")}
${commands.map(ofCommand).join("\n")}
`;
}

function ofCommand({ words, flags, operands }: CommandSyntax): string {
  const when = `complete -c grok -n ${quoted(`__grok_is ${words.join(" ")}`)}`;
  const action = operands.kind === "free" ? [] : [`${when} ${actionOf(operands)}`];
  return [...flags.map((flag) => `${when} ${ofFlag(flag)}`), ...action].join("\n");
}

function ofFlag({ name, description, values }: FlagSyntax): string {
  const flag = `-l ${name.slice(2)} -d ${quoted(description)}`;
  return values === null ? flag : `${flag} -r ${actionOf(values)}`.trimEnd();
}

function actionOf(values: Values): string {
  switch (values.kind) {
    case "words":
      return `-f -a ${quoted(values.words.map((word) => word.replace(/[^\w.,-]/g, "\\$&")).join(" "))}`;
    case "files":
      return "-F";
    case "folders":
      return `-f -a '(__fish_complete_directories)'`;
    case "free":
      return "-f";
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
