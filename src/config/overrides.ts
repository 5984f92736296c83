import { type Field, rawOf } from "./fields.ts";
import { type Layer, LayerBuilder } from "./layer.ts";
import { nearest, type Origin } from "./problem.ts";

const FILES_ONLY = { message: "cannot be set here", expected: "it in your own configuration file" };

/** What a session's variables (`STATUSLINE_THEME=nord`) say, and its flags (`--theme=nord`). */
export function readOverrides(overrides: readonly string[], fields: readonly Field[]): [Layer, Layer] {
  const [variables, flags] = [new LayerBuilder(), new LayerBuilder()];
  for (const override of overrides) {
    const { name, text } = split(override);
    const isFlag = name.startsWith("--");
    const found = isFlag ? flags : variables;
    const origin: Origin = { layer: isFlag ? "flag" : "environment", source: name };
    const nameOf = (each: Field) => (isFlag ? each.flag : each.variable);
    const field = fields.find((each) => nameOf(each) === name);
    if (field?.ownFilesOnly) found.refuse(origin, field.key, FILES_ONLY);
    else if (field !== undefined) found.offer(field, rawOf(field, text), () => origin);
    else refuseUnknown(name, fields.map(nameOf), found, origin);
  }
  return [variables, flags];
}

function split(override: string): { name: string; text: string } {
  const cut = override.indexOf("=");
  // A flag alone switches on.
  return cut < 0
    ? { name: override, text: "true" }
    : { name: override.slice(0, cut), text: override.slice(cut + 1) };
}

/** A variable that resembles none of this program's belongs to something else; a flag is always meant for this program. */
function refuseUnknown(name: string, known: readonly string[], found: LayerBuilder, origin: Origin): void {
  const isOurs =
    name.startsWith("--") || name.startsWith("STATUSLINE_MODULE_") || nearest(name, known) !== null;
  if (isOurs)
    found.refuse(origin, "", { message: "is not known", expected: "", name: { given: name, known } });
}
