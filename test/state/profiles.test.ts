import { describe, expect, test } from "bun:test";
import { parseSession } from "../../src/parse-session.ts";
import type { Session } from "../../src/session.ts";
import { resolveProfile, resolveProfiles, windowsFingerprint } from "../../src/state/profiles.ts";
import type { AuthProfile } from "../../src/state/schema.ts";

const RESETS_AT = 1_795_300_000;
const WEEK = 7 * 86_400;

function session(changes: { hint?: string; project?: string; sevenDay?: number } = {}) {
  const limits =
    changes.sevenDay === undefined ? {} : { seven_day: { used_percentage: 40, resets_at: changes.sevenDay } };
  const text = JSON.stringify({ session_id: "s", cwd: changes.project ?? "/home/me/x", rate_limits: limits });
  return parseSession(text, changes.hint === undefined ? {} : { STATUSLINE_PROFILE: changes.hint });
}

const profile = (profileId: string, more: Partial<AuthProfile> = {}): AuthProfile => ({
  profileId,
  label: profileId,
  ...more,
});
const login = { fingerprint: "account:0123456789abcdef", email: "me@example.org" };

describe("which account a session uses", () => {
  const work = profile("work", { label: "Work", aliases: ["claude2"], pathPatterns: ["/home/me/work/**"] });

  test.each([
    ["the name in STATUSLINE_PROFILE", session({ hint: "work" }), [work], login, "work", "manual"],
    ["an alias", session({ hint: "claude2" }), [work], login, "work", "manual"],
    ["a label", session({ hint: "Work" }), [work], login, "work", "manual"],
    ["a new name", session({ hint: "new" }), [work], login, "new", "manual"],
    [
      "a path pattern before the login",
      session({ project: "/home/me/work/a/b" }),
      [work],
      login,
      "work",
      "manual",
    ],
    [
      "the login, for the default profile while it is nobody's",
      session(),
      [profile("default")],
      login,
      "default",
      "auto",
    ],
    [
      "the login, for the profile that has it",
      session(),
      [profile("mine", { billingFingerprint: login.fingerprint })],
      login,
      "mine",
      "auto",
    ],
    [
      "another login gets a profile of its own",
      session(),
      [profile("default", { billingFingerprint: "account:other" })],
      login,
      "account-01234567",
      "auto",
    ],
    [
      "the windows without a login",
      session({ sevenDay: RESETS_AT }),
      [
        profile("a", {
          billingFingerprint: windowsFingerprint(session({ sevenDay: RESETS_AT + WEEK })) ?? "",
        }),
      ],
      null,
      "a",
      "fingerprint",
    ],
    ["nothing at all", session(), [], null, "default", "auto"],
  ] as const)("%s", (_, given, profiles, identity, profileId, detectionMethod) => {
    expect(resolveProfile(given, profiles, identity, null)).toMatchObject({ profileId, detectionMethod });
  });

  test("a session that gives no sign stays where it was", () => {
    expect(resolveProfile(session(), [], null, "limits-77").profileId).toBe("limits-77");
  });

  test("a login takes over the profile that was known by its windows", () => {
    const given = session({ sevenDay: RESETS_AT });
    const known = profile("limits-1", { billingFingerprint: windowsFingerprint(given) ?? "" });
    expect(resolveProfile(given, [known], login, null)).toMatchObject({
      profileId: "limits-1",
      fingerprint: login.fingerprint,
    });
  });
});

describe("accounts that render side by side for the first time", () => {
  const told = (given: readonly Session[], identity: typeof login | null = null) =>
    resolveProfiles(given, [], identity, () => null).map(({ profileId }) => profileId);

  test("are two by their windows", () => {
    const ids = told([0, 3600, 0].map((later) => session({ sevenDay: RESETS_AT + later })));
    expect(ids).toEqual(["default", expect.stringMatching(/^limits-/), "default"]);
  });

  test("are one by their login, whatever their windows", () => {
    const given = [session(), session({ sevenDay: RESETS_AT }), session({ sevenDay: RESETS_AT + 3600 })];
    expect(told(given, login)).toEqual(["default", "default", "default"]);
  });

  test("leave the default one to the session that gives no sign", () => {
    const given = [session({ sevenDay: RESETS_AT }), session(), session({ hint: "work" })];
    expect(told(given)).toEqual(["default", "default", "work"]);
  });

  test("are known by the names they were given in the same moment", () => {
    const given = [session({ hint: "work" }), session({ sevenDay: RESETS_AT })];
    expect(resolveProfiles(given, [profile("work")], null, () => null)).toMatchObject([
      { profileId: "work", detectionMethod: "manual" },
      { profileId: "default", detectionMethod: "fingerprint" },
    ]);
  });
});

test("the windows of one account are the same every week, those of two differ", () => {
  const at = (time: number) => windowsFingerprint(session({ sevenDay: time }));
  expect(at(RESETS_AT)).toBe(at(RESETS_AT + 5 * WEEK));
  expect(at(RESETS_AT)).not.toBe(at(RESETS_AT + 3600));
  expect(windowsFingerprint(session())).toBeNull();
});
