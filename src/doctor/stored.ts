import { problemText } from "../config/problem.ts";
import { pathsIn } from "../lib/if-there.ts";
import { readOrNull } from "../lib/read.ts";
import { printable } from "../lib/text.ts";
import { checkState } from "../state/check.ts";
import { attempt } from "../state/parse.ts";
import { readState } from "../state/store.ts";
import { isFields, parseFields } from "../state/yaml-text.ts";
import { type Check, type CheckContext, ok, problem, warning } from "./check.ts";

/** Whether all that is configured can be used. */
export function checkConfiguration({ configuration }: CheckContext): Check[] {
  const { problems } = configuration;
  if (problems.length === 0) return [ok("configuration", "valid")];
  return problems.map((each) =>
    problem("configuration", printable(problemText(each)), "Fix this value; until then the default is used."),
  );
}

/** Whether the state file and the sessions' records can be used. */
export function checkStored({ world }: CheckContext): Check[] {
  const { state, root } = world.paths;
  const found = checkState(textOf(state) ?? "").map(({ line, column, field, message }) => {
    const text = `${state}:${line}:${column}: ${field ? `${field}: ` : ""}${printable(message)}`;
    return problem("state", text, "Fix it by hand; until then the valid entries are used.");
  });
  const inRoot = (ending: string) => attempt(() => pathsIn(root, ending)) ?? [];
  const broken = inRoot(".json").filter((path) => parseFields(textOf(path) ?? "{}") === null);
  const wrong = [
    ...found,
    ...broken.map((path) =>
      problem("state", `${path} is not a JSON object; it was not changed`, "Fix or remove it."),
    ),
    ...inRoot(".broken").map((path) =>
      problem(
        "state",
        `${path} could not be used and was set aside`,
        "Copy what you need from it, then remove it.",
      ),
    ),
  ];
  return wrong.length > 0 ? wrong : [ok("state", "valid")];
}

/** Sessions that ended longer ago say nothing about what is shown now, ms. */
const RECENT = 3_600_000;

/** Values of recent sessions that contradict others; what is shown instead is in the state. */
export function checkSessions({ world }: CheckContext): Check[] {
  const state = attempt(() => readState(world).data) ?? {};
  const found = lists(state.sessions).flatMap((session) => {
    const { lastActivity } = isFields(session.metadata) ? session.metadata : {};
    const { invalidValues } = isFields(session.alerts) ? session.alerts : {};
    if (typeof lastActivity !== "number" || world.now() - lastActivity > RECENT) return [];
    const texts = Array.isArray(invalidValues)
      ? invalidValues.filter((each) => typeof each === "string")
      : [];
    return texts.map((text) => warning("session", printable(`${session.sessionId}: ${text}`)));
  });
  return found.length > 0 ? found : [ok("session", "the values of recent sessions are consistent")];
}

const lists = (value: unknown) => (Array.isArray(value) ? value.filter(isFields) : []);

/** The text of a file that can be read; `checkFiles` reports one that cannot. */
const textOf = (path: string) => attempt(() => readOrNull(path));
