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
  if (problems.length === 0) return [ok("configuration", "all of it can be used")];
  return problems.map((each) =>
    problem("configuration", printable(problemText(each)), "mend it; meanwhile the default counts"),
  );
}

/** Whether the state file and the sessions' records can be used. */
export function checkStored({ world }: CheckContext): Check[] {
  const { state, root } = world.paths;
  const found = checkState(textOf(state) ?? "").map(({ line, column, field, message }) => {
    const text = `${state}:${line}:${column}: ${field ? `${field}: ` : ""}${printable(message)}`;
    return problem("state", text, "mend it by hand; what is right is used meanwhile");
  });
  const inRoot = (ending: string) => attempt(() => pathsIn(root, ending)) ?? [];
  const broken = inRoot(".json").filter((path) => parseFields(textOf(path) ?? "{}") === null);
  const wrong = [
    ...found,
    ...broken.map((path) =>
      problem("state", `${path} is no JSON object; it is left as it is`, "mend it or remove it"),
    ),
    ...inRoot(".broken").map((path) =>
      problem(
        "state",
        `${path} could not be used and was set aside`,
        "take from it what you need, then remove it",
      ),
    ),
  ];
  return wrong.length > 0 ? wrong : [ok("state", "all of it can be used")];
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
  return found.length > 0 ? found : [ok("session", "the values of the recent sessions fit together")];
}

const lists = (value: unknown) => (Array.isArray(value) ? value.filter(isFields) : []);

/** The text of a file that can be read; `checkFiles` tells of one that cannot. */
const textOf = (path: string) => attempt(() => readOrNull(path));
