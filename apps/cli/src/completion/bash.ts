import type { CommandSyntax, Values } from "./syntax";

/**
 * A script for bash 3.2 or later, without the package bash-completion. Words are compared one by one,
 * as `compgen -W` would expand `*` and `$`.
 */
export function bashScript(commands: readonly CommandSyntax[]): string {
  const first = [...new Set(commands.map(({ words }) => words[0]))];
  const pairs = commands.filter(({ words }) => words.length === 2);
  return `# Completions of grok for bash; written by: grok completion bash

_grok_words() {
  local word quoted
  for word in "$@"; do
    if [[ $word == "$cur"* ]]; then printf -v quoted %q "$word" && COMPREPLY+=("$quoted"); fi
  done
}

_grok_paths() {
  local path
  compopt -o filenames 2>/dev/null
  while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$1" -- "$cur")
}

_grok() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  local flags=() operands=() kind=
  COMPREPLY=()
  # Bash takes --flag=value for three words.
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    _grok_words ${list([...first, "help", "--help", "--version"])}
    return
  fi
  if ((COMP_CWORD > 2)); then
    case "$command \${COMP_WORDS[2]}" in
${pairs.map(({ words }) => `      ${quoted(words.join(" "))}) command=${quoted(words.join(" "))} ;;`).join("\n")}
    esac
  fi
  case $command in
    help) operands=(${list(first)}) ;;
${commands.map((command) => ofCommand(command, pairs)).join("\n")}
    *) return ;;
  esac
  if [[ $cur == -* ]]; then
    _grok_words "\${flags[@]}"
  else
    _grok_words "\${operands[@]}"
    if [[ -n $kind ]]; then _grok_paths "$kind"; fi
  fi
}

complete -F _grok grok
`;
}

function ofCommand(
  { words, flags, operands }: CommandSyntax,
  pairs: readonly CommandSyntax[],
): string {
  const byAction = new Map<string, string[]>();
  for (const { name, values } of flags) {
    if (values === null) continue;
    const action = actionOf(values);
    byAction.set(action, [...(byAction.get(action) ?? []), name]);
  }
  const cases = [...byAction].map(
    ([action, names]) => `        ${names.join("|")}) ${action}return ;;`,
  );
  const seconds = pairs.flatMap(({ words: [one, two] }) =>
    words.length === 1 && one === words[0] && two !== undefined ? [two] : [],
  );
  const offered = [...seconds, ...(operands.kind === "words" ? operands.words : [])];
  const kind = operands.kind === "files" ? "-f" : operands.kind === "folders" ? "-d" : "";
  return `    ${quoted(words.join(" "))})
      case $prev in
${cases.join("\n")}
      esac
      flags=(${list(flags.map(({ name }) => name))})
      operands=(${list(offered)})
      kind=${kind}
      ;;`;
}

function actionOf(values: Values): string {
  if (values.kind === "words") return `_grok_words ${list(values.words)}; `;
  if (values.kind === "free") return "";
  return `_grok_paths ${values.kind === "files" ? "-f" : "-d"}; `;
}

const list = (words: readonly string[]) => words.map(quoted).join(" ");

/** A word that bash takes as it is. */
function quoted(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
