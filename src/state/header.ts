/** The version of the structure of `runtime-state.yaml`. */
export const VERSION = "1.0";

/** What a new file opens with. */
export const HEADER = `# Runtime state of statusline: your accounts, and the sessions that use them.
# Last updated: never
#
# Structure:
#   authProfiles  level 1, an entry per account: billing and settings, shared by all its sessions
#   sessions      level 2, an entry per session: linked to its account by authProfile, no billing is copied here
#   thresholds    optional, yours: from which figures on health is a warning or critical; budgets in US dollars
#   metadata      version, totals, time of the last update (epoch milliseconds, as all times here)
#
# statusline keeps this file up to date. You may edit labels, pathPatterns (globs on the project path), aliases,
# thresholds, add accounts, keys and comments of your own: what you write is kept, in its place.
# Thresholds, for all accounts here at the top, or in an entry of authProfiles, which wins:
#   thresholds:
#     context: {warning: 75, critical: 90}                # percent of the context window
#     limits: {warning: 80, critical: 95}                 # percent of a rate limit
#     budget: {daily: null, weekly: null, monthly: null}  # US dollars
# \`statusline state check\` shows what cannot be used, and where.
`;

/** The text with the time of an update, epoch ms, in its header, where a person has left that line in. */
export function stamped(text: string, updatedAt: number): string {
  return text.replace(/^# Last updated: .*$/m, `# Last updated: ${new Date(updatedAt).toISOString()}`);
}
