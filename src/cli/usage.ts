import { nearest } from "../config/problem.ts";
import { UserError } from "../lib/user-error.ts";
import type { Definition, Option, Value } from "./definition.ts";
import { program } from "./definitions.ts";

/** A definition, and how it is reached: `["config", "set"]`. */
export interface Found {
  readonly path: readonly string[];
  readonly definition: Definition;
}

/** The definition that the words lead to, as far as they lead to one; the program itself where they lead nowhere. */
export function find(words: readonly string[]): Found {
  let definition = program;
  const path: string[] = [];
  for (const word of words) {
    const next = definition.subcommands?.find(({ name }) => name === word);
    if (next === undefined) break;
    definition = next;
    path.push(word);
  }
  return { path, definition };
}

/** Every definition, each with its path: the program, its commands, their subcommands. */
export function all(definition = program, path: readonly string[] = []): Found[] {
  const below = (definition.subcommands ?? []).flatMap((each) => all(each, [...path, each.name]));
  return [{ path, definition }, ...below];
}

/** An option as it is typed: `--width COLUMNS`. */
export function optionText({ name, value }: Option): string {
  return value === undefined ? name : `${name} ${value.name}`;
}

/** What may follow the name of a command: `[--json] [--FLAG=VALUE …] KEY`. */
export function syntaxOf({ arguments: values = [], options = [], flags }: Definition): string {
  const argument = ({ name, optional }: Value) => (optional ? `[${name}]` : name);
  return [
    ...options.map((option) => `[${optionText(option)}]`),
    ...(flags ? ["[--FLAG=VALUE …]"] : []),
    ...values.map(argument),
  ].join(" ");
}

/** A command's usage in one line. */
export function usageOf(...words: string[]): string {
  const { path, definition } = find(words);
  const own = ["usage:", program.name, ...path, syntaxOf(definition)].join(" ").trimEnd();
  const below = (definition.subcommands ?? []).map((each) => `${each.name} ${syntaxOf(each)}`.trimEnd());
  return [own, ...below].join(" | ");
}

/**
 * The error for what a command cannot understand: the name that was meant, or the command's usage.
 * @param words the way to the command
 * @param given a word that is none of its subcommands
 */
export function wrongUsage(words: readonly string[], given?: string): UserError {
  const { path, definition } = find(words);
  const names = (definition.subcommands ?? []).map(({ name }) => name);
  const like = given === undefined ? null : nearest(given, names);
  if (given === undefined || (like === null && path.length > 0)) return new UserError(2, usageOf(...words));
  const where = [program.name, ...path].join(" ");
  const instead = like === null ? `available: ${names.join(", ")}` : `did you mean ${JSON.stringify(like)}?`;
  return new UserError(2, `${where}: no command ${JSON.stringify(given)}; ${instead}`);
}

/** Refuses arguments. @throws UserError for any */
export function takesNone(args: readonly string[], ...words: string[]): void {
  if (args.length > 0) throw wrongUsage(words);
}
