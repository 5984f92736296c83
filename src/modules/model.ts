import { defineFetched } from "../define-module.ts";
import { truncate, width } from "../lib/text.ts";
import type { Form, TypeBuilder } from "../module.ts";
import { modelFactsKey, modelFactsSchema } from "../sources/model-facts.ts";
import { isSameModel, modelNameOf, modelNameText } from "../sources/model-name.ts";

export interface Model {
  readonly name: string;
  readonly source: "jsonInput" | "transcript";
}

const options = (t: TypeBuilder) => ({
  names: t.Record(t.String(), t.String({ minLength: 1, maxLength: 64 }), {
    default: {},
    description: "names that you give to models, by their id or by the name that the client shows",
  }),
});

/** The session's model as the client names it, checked against the last reply in the transcript. */
export const model = defineFetched({
  moduleId: "model",
  description: "the session's model",
  icons: ["🤖", "\uf2db", ""],
  uses: ["sessionId", "transcriptPath", "model"],
  config: {
    refreshInterval: 60_000,
    cacheTTL: 3_600_000,
    stalenessThreshold: 3_600_000,
    timeout: 1000,
    maxRetries: 1,
    retryBackoff: 10_000,
    maxConcurrent: 3,
  },
  options,
  schema: modelFactsSchema,
  key: (session) => modelFactsKey(session),
  fetch: async ({ session, world }) =>
    (await import("../sources/read-model-facts.ts")).modelFacts(session, world),
  validate(checked, session) {
    const { id } = session.model;
    const { lastReplyModel: last } = checked;
    const differs = last !== null && id !== null && !isSameModel(last, id);
    const warnings = differs
      ? [`model: the client says ${id}, the last reply in the transcript is by ${last}`]
      : [];
    return { valid: true, errors: [], warnings, sanitized: checked };
  },
  read({ model: { id, displayName } }, _world, checked, { names }): Model | null {
    for (const known of [id, displayName]) {
      if (known !== null && Object.hasOwn(names, known))
        return { name: names[known] ?? known, source: "jsonInput" };
    }
    const told = displayName ?? id;
    if (told !== null) return { name: readable(told), source: "jsonInput" };
    const last = checked === null || checked === "pending" ? null : checked.lastReplyModel;
    return last === null ? null : { name: readable(last), source: "transcript" };
  },
  format({ name }) {
    const forms: Form[] = [formOf(name)];
    // "(1M context)" says what the context's size says too.
    const note = name.indexOf(" (");
    const bare = note > 0 ? name.slice(0, note) : name;
    if (bare !== name) forms.push(formOf(bare));
    const columns = width(bare);
    for (const fewer of LENGTHS) if (columns > fewer) forms.push(formOf(truncate(bare, fewer)));
    return forms;
  },
});

/** Columns that a long name is cut to, in turns. */
const LENGTHS = [16, 10];
/** The longest name that is shown whole. */
const LONGEST = 24;

/** An id of whichever provider as a name; what is a name already stays, without "Claude" before it. */
function readable(told: string): string {
  if (told.startsWith("Claude ") && told.length > "Claude ".length)
    return short(told.slice("Claude ".length));
  const model = told.includes("laude-") ? modelNameOf(told) : null;
  if (model !== null) return modelNameText(model);
  return short(
    told.startsWith("claude-") && told.length > "claude-".length ? told.slice("claude-".length) : told,
  );
}

/** An ARN or a gateway's path ends in what distinguishes it. */
function short(name: string): string {
  if (width(name) <= LONGEST) return name;
  return truncate(name.slice(name.lastIndexOf("/") + 1) || name, LONGEST);
}

const formOf = (text: string): Form => [{ text, tone: "strong" }];
