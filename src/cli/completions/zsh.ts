import type { Option, ValueKind } from "../definition.ts";
import { all, type Found } from "../usage.ts";
import { byChoices, fields, flags, optionsOf, wordsOf } from "./words.ts";

/** What zsh needs to complete our command lines: an autoloaded function, or a text that is sourced. */
export function zshCompletions(): string {
  return `#compdef statusline
# Completions of statusline for zsh, made by \`statusline completions zsh\`.

${body()}
if [[ $funcstack[1] == _statusline ]]; then
  _statusline "$@"
else
  compdef _statusline statusline
fi
`;
}

function body(): string {
  return `typeset -ga _statusline_flags
_statusline_flags=(
${flags.map(({ flag, description, choices }) => `  ${spec(`${flag}=`, description, "VALUE", choices ?? [])}`).join("\n")}
)

_statusline_keys() {
  local -a known
  known=(
${fields.map(({ key, description }) => `    ${quoted(`${key}:${description}`)}`).join("\n")}
  )
  _describe -t keys option known
}

_statusline_values() {
  case $words[CURRENT-1] in
${byChoices(({ key }) => key, fields)
  .map(([keys, choices]) => `    ${keys.join("|")}) compadd -- ${choices.join(" ")} ;;`)
  .join("\n")}
    *) _message value ;;
  esac
}

${all().reverse().map(commandFunction).join("\n\n")}
`;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const functionOf = (path: readonly string[]) => ["_statusline", ...path].join("_");

/** An option as `_arguments` wants it: `'--theme=[the colours]:THEME:(calm nord)'`. */
function spec(name: string, summary: string, value: string | null, words: readonly string[]): string {
  const text = summary.replace(/[[\]\\]/g, "\\$&");
  const action = words.length > 0 ? `(${words.join(" ")})` : " ";
  return quoted(`${name}[${text}]${value === null ? "" : `:${value}:${action}`}`);
}

function optionSpec({ name, value, summary }: Option): string {
  if (value === undefined) return spec(name, summary, null, []);
  if (value.kind === "file") return quoted(`${name}=[${summary}]:${value.name}:_files`);
  return spec(`${name}=`, summary, value.name, wordsOf(value.kind));
}

function commandFunction({ path, definition }: Found): string {
  const { subcommands, arguments: values = [] } = definition;
  const specs = [
    ...optionsOf(definition).map(optionSpec),
    ...(definition.flags ? ["$_statusline_flags"] : []),
    ...values.map(({ name, kind }, n) => argumentSpec(n + 1, name, kind)),
  ];
  if (subcommands === undefined) return `${functionOf(path)}() {\n  _arguments ${specs.join(" \\\n    ")}\n}`;
  return `${functionOf(path)}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${subcommands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n")}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(" \\\n    ")} && return
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${subcommands.map(({ name }) => `        ${name}) ${functionOf([...path, name])} ;;`).join("\n")}
      esac ;;
  esac
}`;
}

function argumentSpec(n: number, name: string, kind: ValueKind): string {
  const actions: Partial<Record<ValueKind, string>> = {
    key: "_statusline_keys",
    value: "_statusline_values",
    file: "_files",
  };
  const words = wordsOf(kind);
  return quoted(`${n}:${name}:${actions[kind] ?? (words.length > 0 ? `(${words.join(" ")})` : " ")}`);
}
