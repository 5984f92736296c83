import { defineLive } from "../define-module.ts";
import { baseName, within } from "../lib/paths.ts";
import { truncate, width } from "../lib/text.ts";
import type { Form } from "../module.ts";
import { folderUrl, repositoryUrl } from "../sources/forge.ts";

interface Project {
  /** The project's folder name; `~` for the home directory. */
  readonly name: string;
  /** Where in the project the session works now, or "". */
  readonly below: string;
  /** The repository's page, else the folder itself. */
  readonly link: () => string;
}

/** Columns that a long name is cut to, in turns. */
const LENGTHS = [40, 24, 12];

/** The project's name, and the folder in it when the session has moved. */
export const project = defineLive({
  moduleId: "project",
  description: "the project's name, and the folder below it when the session has moved",
  icons: ["📁", "\uf07b", ""],
  uses: ["projectDir", "cwd", "repo"],
  read(session, world): Project | null {
    const dir = session.projectDir;
    if (dir === null) return null;
    const name = (path: string) => (path === world.home ? "~" : baseName(path));
    const link = () => repositoryUrl(session.repo) ?? folderUrl(session.cwd ?? dir);
    if (session.cwd === null) return { name: name(dir), below: "", link };
    const below = within(dir, session.cwd);
    return below === null ? { name: name(session.cwd), below: "", link } : { name: name(dir), below, link };
  },
  format({ name, below, link }) {
    const folder = { text: name, tone: "accent", link } as const;
    const forms: Form[] = [];
    if (below !== "") {
      const last = baseName(below);
      const slash = name.endsWith("/") ? "" : "/";
      forms.push([folder, { text: `${slash}${below}`, tone: "muted" }]);
      if (last !== below) forms.push([folder, { text: `${slash}…/${last}`, tone: "muted" }]);
    }
    forms.push([folder]);
    const columns = width(name);
    for (const fewer of LENGTHS)
      if (columns > fewer) forms.push([{ ...folder, text: truncate(name, fewer) }]);
    return forms;
  },
});
