import type { CommandSyntax, FlagSyntax, Values } from "./syntax";

/** A script for zsh, which is sourced, or lies in a folder of \`fpath\` as \`_grok\`. */
export function zshScript(commands: readonly CommandSyntax[]): string {
  const single = commands.filter(({ words }) => words.length === 1);
  const pairs = commands.filter(({ words }) => words.length === 2);
  const named = new Map(single.map(({ words, description }) => [words[0], description]));
  for (const { words, description } of pairs) {
    if (!named.has(words[0])) named.set(words[0], description);
  }
  return `#compdef grok
# Completions of grok for zsh; written by: grok completion zsh

_grok() {
  local -a commands
  commands=(
${[...named].map(([name, text]) => `    ${quoted(`${name}:${text}`)}`).join("\n")}
    'help:print the help of a command'
  )
  if ((CURRENT == 2)); then
    _describe -t commands command commands
    _arguments '--help[print the help]' '--version[print the version]'
    return
  fi
  local command=$words[2]
  if ((CURRENT > 3)); then
    case "$words[2] $words[3]" in
${pairs.map(({ words }) => `      ${quoted(words.join(" "))}) command=${quoted(words.join(" "))}; shift words; ((CURRENT--)) ;;`).join("\n")}
    esac
  fi
  shift words
  ((CURRENT--))
  case $command in
    help) _describe -t commands command commands ;;
${commands.map((command) => ofCommand(command, pairs)).join("\n")}
  esac
}

if [[ $funcstack[1] == _grok ]]; then _grok "$@"; else compdef _grok grok; fi
`;
}

function ofCommand(
  { words, flags, operands }: CommandSyntax,
  pairs: readonly CommandSyntax[],
): string {
  const seconds = pairs.flatMap(({ words: [one, two] }) =>
    words.length === 1 && one === words[0] && two !== undefined ? [two] : [],
  );
  const rest =
    seconds.length === 0 ? actionOf(operands) : `{ compadd ${seconds.join(" ")}; _files }`;
  const lines = [...flags.map(ofFlag), quoted(`*:operand:${rest}`)];
  const body = lines.map((line) => `        ${line}`).join(" \\\n");
  return `    ${quoted(words.join(" "))})
      _arguments \\\n${body}
      ;;`;
}

function ofFlag({ name, description, values }: FlagSyntax): string {
  const text = description.replace(/[\\[\]:]/g, "\\$&");
  // A flag that was given can be given again: the last one counts, or all do.
  const value = values === null ? "" : `:value:${actionOf(values)}`;
  return quoted(`*${name}${values === null ? "" : "="}[${text}]${value}`);
}

function actionOf(values: Values): string {
  switch (values.kind) {
    case "words":
      return `(${values.words.map((word) => word.replace(/[^\w.,-]/g, "\\$&")).join(" ")})`;
    case "files":
      return "_files";
    case "folders":
      return "_files -/";
    case "free":
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
