import { version } from "../../package.json";
import { program } from "../cli/definitions.ts";
import { manual } from "../cli/manual.ts";
import { documentedOptions } from "../cli/options.ts";
import { print } from "../cli/print.ts";
import { all, type Found, optionText, syntaxOf, takesNone } from "../cli/usage.ts";
import type { Field } from "../config/fields.ts";
import { shownValue } from "../config/template.ts";
import type { World } from "../world.ts";

/** `statusline man`: the manual page, in man(7)'s macros. @throws UserError for arguments, of which there are none */
export async function man(world: World, args: readonly string[]): Promise<void> {
  takesNone(args, "man");
  await print(world, page());
}

const COMMON =
  "Claude Code runs the program, gives it a JSON document about the session on standard input, and shows what it prints. " +
  "Values that take time are fetched in the background, once for all sessions.";

function page(): string {
  const [, ...commands] = all();
  const { own, ofModules } = documentedOptions();
  return [
    // A date would make every build of the same source another one.
    `.TH STATUSLINE 1 "" "statusline ${version}" "User Commands"`,
    // Options broken by a hyphen look like others.
    ".nh",
    ...section("NAME", [`statusline \\- ${escaped(program.summary)}`]),
    ...section("SYNOPSIS", [
      ".B statusline",
      text(syntaxOf(program)),
      ".br",
      ".B statusline",
      text("COMMAND [ARGUMENT …]"),
    ]),
    ...section("DESCRIPTION", [text(COMMON)]),
    ...section("COMMANDS", commands.flatMap(commandLines)),
    ...section("OPTIONS", [
      ...(program.options ?? []).flatMap((option) => tagged(optionText(option), option.summary)),
      ...tagged("--FLAG=VALUE", "Any option of the configuration; see CONFIGURATION."),
    ]),
    ...section(
      "CONFIGURATION",
      [...own, ...ofModules].flatMap((field) => optionLines(field, own.includes(field))),
    ),
    ...section("ENVIRONMENT", pairs(manual.environment)),
    ...section("FILES", pairs(manual.files)),
    ...section("EXIT STATUS", pairs(manual.exit)),
    ...section("EXAMPLES", all().flatMap(exampleLines)),
    ...section("SEE ALSO", [".BR git (1)"]),
    "",
  ].join("\n");
}

const section = (title: string, lines: readonly string[]) => [`.SH "${title}"`, ...lines];

/** A name, and a text that is indented below it. */
const tagged = (name: string, meaning: string) => [".TP", `\\fB${escaped(name)}\\fR`, text(meaning)];

const pairs = (rows: readonly (readonly [string, string])[]) =>
  rows.flatMap(([name, meaning]) => tagged(name, meaning));

function commandLines({ path, definition }: Found): string[] {
  const line = `${path.join(" ")} ${syntaxOf(definition)}`.trimEnd();
  const options = (definition.options ?? []).flatMap((option) => tagged(optionText(option), option.summary));
  return [...tagged(line, definition.summary), ...(options.length > 0 ? [".RS", ...options, ".RE"] : [])];
}

function optionLines(field: Field, hasDefault: boolean): string[] {
  const byDefault = hasDefault ? JSON.stringify(shownValue(field, field.default)) : "by module";
  const places = field.ownFilesOnly ? "your own files only" : `${field.variable}, ${field.flag}`;
  return tagged(field.key, `${field.description}: ${field.expected}. Default: ${byDefault}. Also ${places}.`);
}

function exampleLines({ definition }: Found): string[] {
  return (definition.examples ?? []).flatMap(([line, meaning]) => tagged(`${program.name} ${line}`, meaning));
}

/** Text as roff takes it: no escapes of its own, minus signs for hyphens, ASCII alone. */
function escaped(plain: string): string {
  const ascii = plain.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("…", "...");
  return ascii.replace(/[^\0-\x7f]/gu, (sign) => `\\[u${codeOf(sign)}]`);
}

/** The same in short lines, of which none is a request. */
function text(plain: string): string {
  const lines = escaped(plain).replace(/(.{1,70})(?: +|$)/g, "$1\n");
  return lines.trimEnd().replace(/^(?=[.'])/gm, "\\&");
}

const codeOf = (sign: string) => sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
