import type { Session } from "../session.ts";

type Repository = NonNullable<Session["repo"]>;

/** The repository's page, or null where host or names are no such thing. */
export function repositoryUrl(repo: Repository | null): string | null {
  if (repo === null || !/^[a-z0-9][a-z0-9.-]*(:\d+)?$/i.test(repo.host)) return null;
  return `https://${repo.host}/${inPath(repo.owner)}/${inPath(repo.name)}`;
}

/** A branch's page, in the form of the server that the host's name suggests, else GitHub's. */
export function branchUrl(repo: Repository | null, branch: string | null): string | null {
  const page = repositoryUrl(repo);
  if (repo === null || page === null || branch === null) return null;
  return `${page}${folderOf(repo.host)}${inPath(branch)}`;
}

/** An address from outside, if it is one of the web. */
export function webUrl(text: string | null): string | null {
  return text !== null && /^https?:\/\/[\x21-\x7e]+$/.test(text) ? text : null;
}

/** A folder as an address that terminals and editors open. */
export function folderUrl(path: string): string {
  const onDrive = /^[A-Za-z]:/.test(path);
  return onDrive ? `file:///${inPath(path.replaceAll("\\", "/"))}` : `file://${inPath(path)}`;
}

function folderOf(host: string): string {
  if (/gitlab/i.test(host)) return "/-/tree/";
  if (/bitbucket/i.test(host)) return "/branch/";
  return /codeberg|gitea|forgejo/i.test(host) ? "/src/branch/" : "/tree/";
}

const inPath = (text: string) => encodeURI(text.toWellFormed()).replace(/[?#]/g, encodeURIComponent);
