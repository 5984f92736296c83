import { describe, expect, test } from "bun:test";
import { parseSession } from "../../src/parse-session.ts";
import type { Session } from "../../src/session.ts";
import { resolveProfile, resolveProfiles, windowsFingerprint } from "../../src/state/resolve-account.ts";
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

describe("accounts that render side by side", () => {
  /** The profiles of these sessions, in this order; what `before` says of them is by their place. */
  const told = (
    given: readonly Session[],
    profiles: readonly AuthProfile[] = [],
    account: typeof login | null = null,
    before: readonly (string | null)[] = [],
  ) => {
    const sessions = given.map((each, n) => ({ ...each, sessionId: `s${n}` }));
    const was = ({ sessionId }: Session) => before[Number(sessionId?.slice(1))] ?? null;
    const ids = (order: readonly Session[]) => {
      const found = resolveProfiles(order, profiles, account, was);
      return sessions.map((each) => found[order.indexOf(each)]?.profileId);
    };
    // Sessions are listed in any order.
    expect(ids(sessions.toReversed())).toEqual(ids(sessions));
    return ids(sessions);
  };
  const [w, other] = [session({ sevenDay: RESETS_AT }), session({ sevenDay: RESETS_AT + 3600 })];
  const limits = expect.stringMatching(/^limits-/);

  test("are two by their windows", () => {
    expect(told([w, other, w])).toEqual(["default", limits, "default"]);
  });

  test("are one by their login, whatever their windows", () => {
    expect(told([session(), w, other], [], login)).toEqual(["default", "default", "default"]);
  });

  test("do not forget what one is known by for a session without a sign, or one named by hand", () => {
    const given = [w, session(), session({ hint: "default" }), other];
    expect(told(given)).toEqual(["default", "default", "default", limits]);
  });

  test("leave a session what it had", () => {
    expect(told([other, w], [], null, [null, "default"])).toEqual([limits, "default"]);
  });

  test("take over the profile that one of them is known by, when somebody logs in", () => {
    const known = profile("mine", { billingFingerprint: windowsFingerprint(w) ?? "" });
    expect(
      told([session(), other, w], [profile("default", { billingFingerprint: "account:x" }), known], login),
    ).toEqual(["mine", "mine", "mine"]);
  });

  test("stay where they were while nobody can tell who is logged in", () => {
    const ids = (before: string | null) =>
      resolveProfiles([w, other], [], undefined, () => before).map(({ profileId }) => profileId);
    expect(ids("work")).toEqual(["work", "work"]);
    expect(ids(null)).toEqual(["default", "default"]);
  });

  test("stay where they were when their login is gone, unless another account is known by what they show", () => {
    const mine = profile("mine", { billingFingerprint: login.fingerprint });
    const theirs = profile("theirs", { billingFingerprint: windowsFingerprint(other) ?? "" });
    const before = ["mine", "mine", null];
    expect(told([w, other, w], [mine], null, before)).toEqual(["mine", "mine", "default"]);
    expect(told([w, other, w], [mine, theirs], null, before)).toEqual(["mine", "theirs", "default"]);
  });

  test("are those of the first entry where two have one id", () => {
    const twice = [
      profile("default", { billingFingerprint: "account:first", pathPatterns: ["/a/**"] }),
      profile("default", { label: "Copy" }),
    ];
    expect(told([session(), session({ project: "/a/b" })], twice, login)).toEqual([
      "account-01234567",
      "default",
    ]);
  });
});

test("a profile's id is its name before another one's label", () => {
  const profiles = [profile("default", { label: "work" }), profile("work", { label: "Job" })];
  expect(resolveProfile(session({ hint: "work" }), profiles, null, null).profileId).toBe("work");
});

test("the windows of one account are the same every week, those of two differ", () => {
  const at = (time: number) => windowsFingerprint(session({ sevenDay: time }));
  expect(at(RESETS_AT)).toBe(at(RESETS_AT + 5 * WEEK));
  expect(at(RESETS_AT)).not.toBe(at(RESETS_AT + 3600));
  expect(windowsFingerprint(session())).toBeNull();
});
