import { configurationHere } from "../cli/configuration.ts";
import { print, printError, printJson, printStyled } from "../cli/print.ts";
import { table } from "../cli/table.ts";
import { wrongUsage } from "../cli/usage.ts";
import { editFile, fieldNamed, typedValue, writeFollowing } from "../config/edit.ts";
import type { Configuration } from "../config/load.ts";
import { placeOf, problemText } from "../config/problem.ts";
import { configSchema } from "../config/schema.ts";
import { userFile } from "../config/sources.ts";
import { shownValue, template } from "../config/template.ts";
import { json } from "../lib/escaped.ts";
import { UserError } from "../lib/user-error.ts";
import { modules } from "../modules/all.ts";
import type { World } from "../world.ts";

const subcommands: Readonly<Record<string, (world: World, args: readonly string[]) => Promise<void> | void>> =
  {
    get: one(async (world, [key = ""]) => {
      const { fields, effective } = await configurationHere(world);
      const field = fieldNamed(key, fields);
      await print(world, `${written(shownValue(field, effective.get(key)?.value))}\n`);
    }, 1),
    set: one(async (world, [key = "", text = ""]) => {
      const field = fieldNamed(key, (await configurationHere(world)).fields);
      const value = typedValue(field, text);
      editFile(userFile(world), [{ path: field.path, value }]);
      await print(world, `set ${key} to ${written(shownValue(field, value))} in ${userFile(world)}\n`);
      await tellOverruled(key, world);
    }, 2),
    unset: one(async (world, [key = ""]) => {
      const field = fieldNamed(key, (await configurationHere(world)).fields);
      editFile(userFile(world), [{ path: field.path, value: undefined }]);
      await tellOverruled(key, world);
    }, 1),
    init: one(init, 0),
    edit: one(edit, 0),
    check: one(check, 0),
    schema: one((world) => print(world, schemaText()), 0),
    path: one((world) => print(world, `${userFile(world)}\n`), 0),
  };

/**
 * `statusline config`: what is configured, and where each value comes from.
 * @throws UserError for wrong usage, values that do not fit, and files that cannot be used
 */
export async function config(world: World, args: readonly string[]): Promise<void> {
  const [name = "", ...rest] = args;
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand !== undefined) return subcommand(world, rest);
  const wrong = args.find((arg) => !arg.startsWith("--"));
  if (wrong !== undefined) throw wrongUsage(["config"], wrong);
  const configuration = await configurationHere(
    world,
    args.filter((arg) => arg !== "--json"),
  );
  await (args.includes("--json")
    ? printJson(world, asJson(configuration))
    : printStyled(world, asTable(configuration)));
  for (const problem of configuration.problems) printError(problemText(problem));
}

/** A subcommand with so many arguments. */
function one(
  run: (world: World, args: readonly string[]) => Promise<void> | void,
  count: number,
): (world: World, args: readonly string[]) => Promise<void> {
  return async (world, args) => {
    if (args.length !== count) throw wrongUsage(["config"]);
    await run(world, args);
  };
}

const written = (value: unknown) => (typeof value === "string" ? value : json(value));

function asTable({ fields, effective }: Configuration): string {
  const rows = fields.map((field) => {
    const { value, origin } = effective.get(field.key) ?? { value: null, origin: null };
    return [field.key, written(shownValue(field, value)), origin === null ? "" : placeOf(origin)];
  });
  return table(["OPTION", "VALUE", "FROM"], rows);
}

function asJson({ effective, problems }: Configuration): object {
  return { values: Object.fromEntries(effective), problems };
}

/** A value that another layer overrules has no effect, and the person should know. */
export async function tellOverruled(key: string, world: World): Promise<void> {
  const { effective } = await configurationHere(world);
  const origin = effective.get(key)?.origin;
  const over = origin?.layer === "project" || origin?.layer === "environment" || origin?.layer === "flag";
  if (over) printError(`${key} is overridden here by ${placeOf(origin)}`);
}

async function init(world: World): Promise<void> {
  const path = userFile(world);
  if (world.mtime(path) !== null)
    throw new UserError(1, `${path} already exists`, "`statusline config edit` opens it.");
  const schema = `${world.paths.root}/config-schema.json`;
  const { fields } = await configurationHere(world);
  writeFollowing(schema, schemaText());
  writeFollowing(path, template(fields, `file://${encodeURI(schema)}`));
  await print(world, `${path}\n`);
}

async function edit(world: World): Promise<void> {
  const path = userFile(world);
  if (!world.env.VISUAL && !world.env.EDITOR && !world.stdinIsTerminal())
    throw new UserError(1, "no terminal to edit in, and EDITOR is not set", `The file is ${path}`);
  if (world.mtime(path) === null) await init(world);
  const editor = world.env.VISUAL || world.env.EDITOR || "vi";
  const code = await world.interact(["/bin/sh", "-c", `${editor} "$1"`, "sh", path]);
  if (code !== 0) throw new UserError(1, `${editor} exited with ${code}`);
  await check(world);
}

async function check(world: World): Promise<void> {
  const { problems } = await configurationHere(world);
  if (problems.length > 0) throw new UserError(1, problems.map(problemText).join("\n"));
  await print(world, "the configuration is valid\n");
}

function schemaText(): string {
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "statusline",
    ...configSchema(modules),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
