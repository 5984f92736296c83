import { baseName, within } from "../lib/paths.ts";
import { truncate, width } from "../lib/text.ts";
import { EACH_RUN, type StatusModule } from "../module.ts";

interface Project {
  /** The project's folder name; `~` for the home directory. */
  readonly name: string;
  /** Where in the project the session works now, or "". */
  readonly below: string;
}

/** The project's name, and the folder in it when the session has moved. */
export const project: StatusModule<Project> = {
  moduleId: "project",
  description: "the project's name, and the folder below it when the session has moved",
  config: EACH_RUN,
  key: (session) => session.projectDir && `project:${session.projectDir}`,
  read(session, world) {
    const dir = session.projectDir;
    if (dir === null) return null;
    const name = (path: string) => (path === world.home ? "~" : baseName(path));
    if (session.cwd === null) return { name: name(dir), below: "" };
    const below = within(dir, session.cwd);
    return below === null ? { name: name(session.cwd), below: "" } : { name: name(dir), below };
  },
  format({ name, below }) {
    const folder = { text: name, tone: "accent" } as const;
    const shorter = [40, 24, 12].filter((columns) => width(name) > columns);
    const cut = shorter.map((columns) => [{ text: truncate(name, columns), tone: "accent" } as const]);
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
