import type { StatusModule, Tone } from "../module.ts";
import type { Session } from "../session.ts";
import { webUrl } from "../sources/forge.ts";

// The review states that GitHub's GraphQL API names (PullRequestReviewDecision), and a draft.
const TONES: ReadonlyMap<string, Tone> = new Map([
  ["approved", "good"],
  ["changes_requested", "bad"],
  ["review_required", "warn"],
  ["draft", "muted"],
]);

/** The pull request of the session's branch. */
export const pr: StatusModule<NonNullable<Session["pullRequest"]>> = {
  moduleId: "pr",
  description: "the pull request of the branch, and the state of its review",
  icons: ["🔀", "\uf126", "PR"],
  read: (session) => session.pullRequest,
  *format({ number, url, reviewState }) {
    const name = { text: `#${number}`, tone: "accent", link: () => webUrl(url) } as const;
    if (reviewState !== null) {
      const state = reviewState.toLowerCase();
      yield [name, { text: ` ${state.replaceAll("_", " ")}`, tone: TONES.get(state) ?? "muted" }];
    }
    yield [name];
  },
};
