import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { editFile } from "../../src/config/edit.ts";
import { type Field, fieldsOf } from "../../src/config/fields.ts";
import { readFileLayer } from "../../src/config/file.ts";
import type { Layer } from "../../src/config/layer.ts";
import { type Configuration, loadConfiguration } from "../../src/config/load.ts";
import { type ConfigProblem, problemText } from "../../src/config/problem.ts";
import { configSchema } from "../../src/config/schema.ts";
import { sourcesFor, userFile } from "../../src/config/sources.ts";
import { modules } from "../../src/modules/all.ts";
import type { World } from "../../src/world.ts";
import { NOW, worldAt } from "../modules/shown.ts";

export const schema = configSchema(modules);
export const fields = fieldsOf(schema);
export const moduleIds = modules.map(({ moduleId }) => moduleId);

export function field(key: string): Field {
  const found = fields.find((each) => each.key === key);
  if (found === undefined) throw new Error(`no field ${key}`);
  return found;
}

/** A file's text as a layer. */
export const read = (text: string, layer: "config" | "user" | "project" = "user"): Layer =>
  readFileLayer(text, "f", layer, fields);

/** What a layer gives, by key. */
export const given = (layer: Layer) =>
  Object.fromEntries(layer.given.map(({ field, value }) => [field.key, value]));

export const problems = ({ problems }: { readonly problems: readonly ConfigProblem[] }) =>
  problems.map(problemText);

/** All places lie in the home of the tests. */
const places = mkdtempSync(`${process.env.HOME}/config-`);
let made = 0;

/** A home of its own, with the folders of a user and of a project. */
export class Place {
  readonly home = `${places}/${made++}`;
  readonly project = `${this.home}/work/project`;
  readonly world: World = worldAt(NOW, { HOME: this.home });
  readonly config = `${this.world.configDir}/statusline.config.json`;
  readonly user = userFile(this.world);
  readonly own = `${this.project}/.claude/statusline.json`;

  constructor() {
    mkdirSync(`${this.home}/.claude`, { recursive: true });
    mkdirSync(`${this.project}/.claude`, { recursive: true });
  }

  write(path: string, content: string | object): void {
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }

  load(overrides: readonly string[] = [], world = this.world): Promise<Configuration> {
    return loadConfiguration(modules, sourcesFor(this.project, world), overrides, world);
  }
}

/** The configuration that such flags, or such a user's file, make. */
export async function configurationOf(content: string | object, ...flags: string[]): Promise<Configuration> {
  const place = new Place();
  place.write(place.user, content);
  return place.load(flags);
}

/** A file's text after an option was set, or taken out. */
export function edited(before: string, key: string, value: unknown): string {
  const place = new Place();
  place.write(place.user, before);
  editFile(place.user, [{ path: key.split("."), value }]);
  return readFileSync(place.user, "utf8");
}
