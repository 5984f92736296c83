import { expect, test } from "bun:test";
import { defineBorrowed, defineFetched, defineLive } from "../../src/define-module.ts";
import { LIVE, type TypeBuilder } from "../../src/module.ts";

/**
 * What the compiler refuses: `npm run check` fails where one of these lines is no error any more. That a module's id is its
 * file's, and that a borrowed value has its owner's schema, is checked where the modules are listed.
 */

const shared = { description: "", icons: ["", "", ""], format: () => [] } as const;
const count = (t: TypeBuilder) => t.Object({ count: t.Number() });
const fetched = { ...shared, moduleId: "one", uses: ["cwd"], config: LIVE, schema: count } as const;

const live = defineLive({ ...shared, moduleId: "one", uses: ["cwd"], read: ({ cwd }) => cwd });
const good = defineFetched({
  ...fetched,
  key: ({ cwd }) => cwd,
  fetch: async () => ({ count: 1 }),
  read: (_session, _world, value) => (value === "pending" ? null : (value?.count ?? null)),
});

// @ts-expect-error: it reads a field of the session that it does not declare.
defineLive({ ...shared, moduleId: "one", uses: ["cwd"], read: ({ model }) => model });
// @ts-expect-error: a session has no such field.
defineLive({ ...shared, moduleId: "one", uses: ["folder"], read: () => null });
defineFetched({
  ...fetched,
  // @ts-expect-error: the key depends on a field that is not declared.
  key: ({ model }) => model.id,
  fetch: async () => ({ count: 1 }),
  read: () => null,
});
// @ts-expect-error: a time of change comes from a field that is not declared.
defineFetched({ ...good, changedAt: ({ limitsAt }) => Number(limitsAt) });
// @ts-expect-error: a fetch without a key.
defineFetched({ ...fetched, fetch: async () => ({ count: 1 }), read: () => null });
// @ts-expect-error: a key without a fetch.
defineFetched({ ...fetched, key: () => "k", read: () => null });
// @ts-expect-error: what is fetched does not fit the schema.
defineFetched({ ...fetched, key: () => "k", fetch: async () => ({ count: "1" }), read: () => null });
// @ts-expect-error: what is read is not in the schema.
defineFetched({ ...good, read: (_session, _world, value) => (value === "pending" ? null : value?.total) });
// @ts-expect-error: a value may be on its way, or have failed.
defineFetched({ ...good, read: (_session, _world, value) => value.count });
// @ts-expect-error: a live module has no source.
defineLive({ ...live, fetch: async () => 1 });
// @ts-expect-error: a borrowed value has a schema.
defineBorrowed({ ...shared, moduleId: "two", uses: [], cachedBy: "one", key: () => "k", read: () => null });
// @ts-expect-error: what is written out is what was read.
defineLive({ ...live, format: (text: number) => [[{ text: String(text), tone: "plain" }]] });

test("a definition is the module itself", () => {
  expect(good.moduleId).toBe("one");
  expect(defineLive(live)).toBe(live);
});
