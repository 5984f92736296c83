import { defineLive } from "../define-module.ts";
import type { Tone } from "../module.ts";
import { webUrl } from "../sources/forge.ts";

/** The pull request of the session's branch. */
export const pr = defineLive({
  moduleId: "pr",
  description: "the pull request of the branch, and the state of its review",
  icons: ["🔀", "\uf126", "PR"],
  uses: ["pullRequest"],
  read: (session) => session.pullRequest,
  format({ number, url, reviewState }) {
    const name = { text: `#${number}`, tone: "accent", link: () => webUrl(url) } as const;
    if (reviewState === null) return [[name]];
    const state = reviewState.toLowerCase();
    const tone = toneOf(state);
    return [[name, { text: ` ${state.replaceAll("_", " ")}`, tone }], [name]];
  },
});

/** For the review states that GitHub's GraphQL API names (PullRequestReviewDecision), and a draft. */
function toneOf(state: string): Tone {
  if (state === "approved") return "good";
  if (state === "changes_requested") return "bad";
  return state === "review_required" ? "warn" : "muted";
}
