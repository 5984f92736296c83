import { baseName, within } from "../lib/paths.ts";
import { truncate, width } from "../lib/text.ts";
import type { StatusModule } from "../module.ts";
import { folderUrl, repositoryUrl } from "../sources/forge.ts";

interface Project {
  /** The project's folder name; `~` for the home directory. */
  readonly name: string;
  /** Where in the project the session works now, or "". */
  readonly below: string;
  /** The repository's page, else the folder itself. */
  readonly link: string;
}

/** The project's name, and the folder in it when the session has moved. */
export const project: StatusModule<Project> = {
  moduleId: "project",
  description: "the project's name, and the folder below it when the session has moved",
  icons: ["📁", "\uf07b", ""],
  read(session, world) {
    const dir = session.projectDir;
    if (dir === null) return null;
    const name = (path: string) => (path === world.home ? "~" : baseName(path));
    const link = repositoryUrl(session.repo) ?? folderUrl(session.cwd ?? dir);
    if (session.cwd === null) return { name: name(dir), below: "", link };
    const below = within(dir, session.cwd);
    return below === null ? { name: name(session.cwd), below: "", link } : { name: name(dir), below, link };
  },
  format({ name, below, link }) {
    const folder = { text: name, tone: "accent", link } as const;
    const shorter = [40, 24, 12].filter((columns) => width(name) > columns);
    const cut = shorter.map((columns) => [{ ...folder, text: truncate(name, columns) }]);
    if (below === "") return [[folder], ...cut];
    const last = baseName(below);
    const slash = name.endsWith("/") ? "" : "/";
    return [
      [folder, { text: `${slash}${below}`, tone: "muted" }],
      ...(last === below ? [] : [[folder, { text: `${slash}…/${last}`, tone: "muted" } as const]]),
      [folder],
      ...cut,
    ];
  },
};
