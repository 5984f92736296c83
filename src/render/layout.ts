/** A module's place on a line. */
export interface Place {
  readonly moduleId: string;
  /** The least important shortens and leaves first. */
  readonly priority: number;
  readonly align?: "right";
}

/** The lines of the status line, from top to bottom; modules stand in the order given. */
export type Layout = readonly (readonly Place[])[];

/** Where you are and with whom, with the clock at the right; what it costs below. */
export const defaultLayout: Layout = [
  [
    { moduleId: "project", priority: 80 },
    { moduleId: "git", priority: 70 },
    { moduleId: "model", priority: 60 },
    { moduleId: "context", priority: 90 },
    { moduleId: "account", priority: 40 },
    { moduleId: "time", priority: 20, align: "right" },
  ],
  [
    { moduleId: "cost", priority: 50 },
    { moduleId: "limits", priority: 45 },
    { moduleId: "weekly", priority: 30 },
  ],
];

/** On a terminal with few rows a second line costs the client's own mode line: then all share one. */
export function layoutFor(rows: number | null, layout: Layout): Layout {
  return rows !== null && rows < 16 ? [layout.flat()] : layout;
}
