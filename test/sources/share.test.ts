import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseSession } from "../../src/parse-session.ts";
import type { SessionProfile } from "../../src/session.ts";
import { accountKey, type Share, shareOf as shareOfTotal } from "../../src/sources/share.ts";
import { realWorld } from "../../src/world.ts";

type Args = Parameters<typeof shareOfTotal>;
const shareOf = (amount: number | null, period: Args[1], since: Args[2], before: Args[3]) =>
  shareOfTotal({ amount, atLeast: false }, period, since, before);

const day = { startsAt: 1000, endsAt: 2000 };
const nextDay = { startsAt: 2000, endsAt: 3000 };

describe("the directory's figures belong to", () => {
  test.each<[string, number | null, number | null]>([
    ["its only account, all of them", null, 100],
    ["an account that took over before the period, all of them", 900, 100],
    ["an account that took over as the period began, all of them", 1000, 100],
    ["an account that took over within the period, none yet", 1500, 0],
  ])("%s", (_, since, own) => {
    expect(shareOf(100, day, since, null)).toEqual({
      own,
      others: 100 - (own ?? 0),
      since,
      atLeast: false,
      startsAt: 1000,
      endsAt: 2000,
    });
  });
});

describe("an account that took over", () => {
  const taken = shareOf(100, day, 1500, null);

  test("has what is added from then on", () => {
    expect(shareOf(130, day, 1500, taken)).toEqual({
      own: 30,
      others: 100,
      since: 1500,
      atLeast: false,
      startsAt: 1000,
      endsAt: 2000,
    });
    expect(shareOf(175, day, 1500, shareOf(130, day, 1500, taken)).own).toBe(75);
  });

  test("has nothing less than nothing where the total shrinks", () => {
    expect(shareOf(60, day, 1500, taken).own).toBe(0);
  });

  test("has all of a new day", () => {
    expect(shareOf(20, nextDay, 1500, taken)).toEqual({
      own: 20,
      others: 0,
      since: 1500,
      atLeast: false,
      startsAt: 2000,
      endsAt: 3000,
    });
  });

  test("keeps what belongs to others while the total is unknown", () => {
    const unknown = shareOf(null, day, 1500, taken);
    expect(unknown).toMatchObject({ own: null, others: 100 });
    expect(shareOf(130, day, 1500, unknown).own).toBe(30);
  });

  test("while the total was unknown is not given what others had used, once it is known", () => {
    const unknown = shareOf(null, day, 1500, null);
    expect(unknown.own).toBeNull();
    expect(shareOf(100, day, 1500, unknown).own ?? 0).toBe(0);
  });
});

describe("an account that takes the directory back", () => {
  /** The first account uses 100, the second 30, then the first takes it back at 1700. */
  const first = shareOf(100, day, null, null);

  test("has what it used itself before, and not what the other used", () => {
    const back = shareOf(130, day, 1700, first);
    expect(back).toEqual({ own: 100, others: 30, since: 1700, atLeast: false, startsAt: 1000, endsAt: 2000 });
    expect(shareOf(150, day, 1700, back).own).toBe(120);
  });

  test("on another day has nothing of the day before", () => {
    expect(shareOf(30, nextDay, 2500, first)).toEqual({
      own: 0,
      others: 30,
      since: 2500,
      atLeast: false,
      startsAt: 2000,
      endsAt: 3000,
    });
  });
});

test("of one total, two accounts in turn never get more than there is, and each gets what it used", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ used: fc.nat(1000), change: fc.boolean() }), { maxLength: 20 }),
      (steps) => {
        const known: [Share | null, Share | null] = [null, null];
        const used = [0, 0];
        let [who, since, total]: [0 | 1, number | null, number] = [0, null, 0];
        known[0] = shareOf(0, day, null, null);
        steps.forEach((step, n) => {
          if (step.change) {
            who = who === 0 ? 1 : 0;
            since = 1001 + n;
            known[who] = shareOf(total, day, since, known[who]);
          }
          total += step.used;
          used[who] = (used[who] ?? 0) + step.used;
          known[who] = shareOf(total, day, since, known[who]);
        });
        expect(known.map((share) => share?.own ?? 0)).toEqual(used);
      },
    ),
  );
});

describe("the key of an account's figures", () => {
  const session = (profile: SessionProfile | null, TZ = "UTC") => ({
    ...parseSession("{}", { TZ }),
    profile,
  });
  const world = (CLAUDE_CONFIG_DIR: string) => realWorld({ HOME: "/h", CLAUDE_CONFIG_DIR });
  const owner = (id: string): SessionProfile => ({
    id,
    name: "Account",
    label: null,
    owner: true,
    since: null,
  });

  test("differs by module, directory, account and zone", () => {
    const keys = [
      accountKey("cost", session(owner("a")), world("/c")),
      accountKey("weekly", session(owner("a")), world("/c")),
      accountKey("cost", session(owner("a")), world("/d")),
      accountKey("cost", session(owner("b")), world("/c")),
      accountKey("cost", session(owner("a"), "Asia/Tokyo"), world("/c")),
      accountKey("cost", session(null), world("/c")),
    ];
    expect(keys).not.toContain(null);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("is none for an account that does not own the directory's figures", () => {
    expect(accountKey("cost", session({ ...owner("a"), owner: false }), world("/c"))).toBeNull();
  });
});
