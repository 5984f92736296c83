import { all, type Found } from "../usage.ts";
import { byChoices, fields, flags, optionsOf, valueOptions, wordsOf } from "./words.ts";

/** What fish needs to complete our command lines; 3.1 or newer. */
export function fishCompletions(): string {
  const found = all();
  return `# Completions of statusline for fish, made by \`statusline completions fish\`.

${FUNCTIONS}
function __statusline_keys
    printf '%s\\t%s\\n' ${fields.map(({ key, description }) => `${key} ${quoted(description)}`).join(" ")}
end

function __statusline_values
    switch (__statusline_words)[-1]
${byChoices(({ key }) => key, fields)
  .map(([keys, choices]) => `        case ${keys.join(" ")}\n            printf '%s\\n' ${choices.join(" ")}`)
  .join("\n")}
    end
end

complete -c statusline -f
${found.flatMap(commandLines).join("\n")}
${found.flatMap(argumentLines).join("\n")}
${found.flatMap(optionLines).join("\n")}
${flagLines().join("\n")}
`;
}

/** `__statusline_at 1 config set`: these words, and one more, precede the cursor; options are not counted. */
const FUNCTIONS = `function __statusline_words
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l skip 0
    for token in $tokens
        if test $skip = 1
            set skip 0
            continue
        end
        switch $token
            case ${valueOptions()
              .map(({ name }) => name)
              .join(" ")}
                set skip 1
            case '-*'
            case '*'
                echo -- $token
        end
    end
end

function __statusline_under
    set -l words (__statusline_words)
    set -l length (count $argv)
    test (count $words) -ge $length; and test "$words[1..$length]" = "$argv"
end

function __statusline_at
    set -l words (__statusline_words)
    set -l path $argv
    set -e path[1]
    test (count $words) -eq (math (count $path) + $argv[1]); or return 1
    test (count $path) -eq 0; or __statusline_under $path
end
`;

const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Where a command's options are: after it, and not after one of its subcommands. */
function condition({ path, definition }: Found): string {
  return [definition.subcommands ? "__statusline_at 0" : "__statusline_under", ...path].join(" ");
}

function commandLines({ path, definition }: Found): string[] {
  const at = `'${["__statusline_at 0", ...path].join(" ")}'`;
  return (definition.subcommands ?? []).map(
    ({ name, summary }) => `complete -c statusline -n ${at} -a ${name} -d ${quoted(summary)}`,
  );
}

function argumentLines({ path, definition }: Found): string[] {
  return (definition.arguments ?? []).flatMap(({ kind }, n) => {
    const words =
      kind === "key"
        ? "(__statusline_keys)"
        : kind === "value"
          ? "(__statusline_values)"
          : wordsOf(kind).join(" ");
    const at = `'${["__statusline_at", n, ...path].join(" ")}'`;
    return words === "" ? [] : [`complete -c statusline -n ${at} -a ${quoted(words)}`];
  });
}

function optionLines(found: Found): string[] {
  return optionsOf(found.definition).map(({ name, value, summary }) => {
    const words = value === undefined ? "" : wordsOf(value.kind).join(" ");
    const what = value === undefined ? "" : value.kind === "file" ? " -r -F" : ` -x -a ${quoted(words)}`;
    const on = quoted(condition(found));
    return `complete -c statusline -n ${on} -l ${name.slice(2)}${what} -d ${quoted(summary)}`;
  });
}

/** The flags are many: they are listed once, for all commands that take them. */
function flagLines(): string[] {
  const takers = all().filter(({ definition }) => definition.flags);
  const any = quoted(takers.map(condition).join("; or "));
  return flags.map(({ flag, description, choices }) => {
    const words = quoted((choices ?? []).join(" "));
    return `complete -c statusline -n ${any} -l ${flag.slice(2)} -x -a ${words} -d ${quoted(description)}`;
  });
}
