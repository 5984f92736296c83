import type { Definition, ValueKind } from "../definition.ts";
import { all, type Found } from "../usage.ts";
import { byChoices, fields, flags, optionsOf, valueOptions, wordsOf } from "./words.ts";

/** What bash needs to complete our command lines; 3.2, which macOS has, too. */
export function bashCompletions(): string {
  return `# Completions of statusline for bash, made by \`statusline completions bash\`.

_statusline() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" where="statusline" args=0 key="" open="" joined="" words="" word i
  local flags="${flags.map(({ flag }) => `${flag}=`).join(" ")}"
  COMPREPLY=()
${walk()}
  if [[ -n $open ]]; then
    case "$open" in
${optionValues()}
    esac
  elif [[ $cur == -* ]]; then
    case "$where" in
${all()
  .map((found) => `      "${lineOf(found)}") words="${optionWords(found.definition)}" ;;`)
  .join("\n")}
    esac
  else
    case "$where/$args" in
${all().flatMap(argumentCases).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -P "$joined" -W "$words" -- "$cur"))
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}

complete -F _statusline statusline
`;
}

/**
 * Reads the words before the cursor: which command they lead to, how many arguments it has, and whose value is
 * open. bash takes `--theme=no` for three words where "=" is in COMP_WORDBREAKS, as it is by default, else for one.
 */
function walk(): string {
  const paths = all().slice(1);
  const pattern = (words: readonly string[]) => words.map((word) => `"${word}"`).join("|");
  return `  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ $word == "=" ]]; then continue; fi
    if [[ -n $open ]]; then open=""; continue; fi
    if [[ $word == -* && \${COMP_WORDS[i + 1]} == "=" ]]; then open="$word"; continue; fi
    case "$where $word" in
      ${pattern(paths.map(lineOf))}) where="$where $word" args=0; continue ;;
    esac
    case "$word" in
      ${pattern(valueOptions().map(({ name }) => name))}) open="$word" ;;
      -*) ;;
      *) args=$((args + 1)); [[ -n $key ]] || key="$word" ;;
    esac
  done
  if [[ $cur == "=" ]]; then cur=""; fi
  if [[ $cur == --*=* ]]; then open="\${cur%%=*}" joined="\${cur%%=*}=" cur="\${cur#*=}"; fi`;
}

const lineOf = ({ path }: Found) => ["statusline", ...path].join(" ");

function optionWords(definition: Definition): string {
  const names = optionsOf(definition).map(({ name }) => name);
  return [...names, ...(definition.flags ? ["$flags"] : [])].join(" ");
}

function optionValues(): string {
  const own = valueOptions().map(({ name, value }) => `      ${name}) ${valuesOf(value?.kind ?? "text")} ;;`);
  const taken = new Set(valueOptions().map(({ name }) => name));
  const others = flags.filter(({ flag }) => !taken.has(flag));
  const groups = byChoices(({ flag }) => flag, others);
  return [...own, ...groups.map((group) => `      ${choiceCase(group)}`)].join("\n");
}

/** The commands that find the words of a kind. */
function valuesOf(kind: ValueKind): string {
  if (kind === "file")
    return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -P "$joined" -f -- "$cur")); return 0';
  if (kind === "value")
    return `case "$key" in ${byChoices(({ key }) => key, fields)
      .map(choiceCase)
      .join(" ")} esac`;
  return `words="${wordsOf(kind).join(" ")}"`;
}

const choiceCase = ([names, choices]: [string[], string[]]) =>
  `${names.join("|")}) words="${choices.join(" ")}" ;;`;

function argumentCases(found: Found): string[] {
  const { subcommands, arguments: values = [] } = found.definition;
  if (subcommands !== undefined)
    return [`      "${lineOf(found)}/0") words="${subcommands.map(({ name }) => name).join(" ")}" ;;`];
  return values.map(({ kind }, n) => `      "${lineOf(found)}/${n}") ${valuesOf(kind)} ;;`);
}
