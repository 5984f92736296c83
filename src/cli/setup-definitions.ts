import type { Definition, Option } from "./definition.ts";

export const DRY_RUN: Option = { name: "--dry-run", summary: "only show what would be done" };
const YES: Option = { name: "--yes", summary: "do not ask" };
const PROJECT: Option = { name: "--project", summary: "use the current project's settings instead of yours" };
const ALL_ACCOUNTS: Option = {
  name: "--all-accounts",
  summary: "do it in every configuration directory that is found",
};

export const setup: Definition = {
  name: "setup",
  summary: "add this program to Claude Code's settings",
  options: [
    YES,
    DRY_RUN,
    PROJECT,
    ALL_ACCOUNTS,
    {
      name: "--refresh",
      value: { name: "SECONDS", kind: "number" },
      summary: "run again this often while a session is idle",
    },
    { name: "--replace", summary: "replace another status line" },
    { name: "--keep", summary: "show another status line as a part of this one" },
  ],
  examples: [
    ["setup --dry-run", "see what would change"],
    ["setup --keep", "keep showing another program's line beside this one"],
    ["setup --all-accounts --yes", "in every configuration directory, without asking"],
  ],
};

export const uninstall: Definition = {
  name: "uninstall",
  summary: "remove this program from Claude Code's settings",
  options: [
    YES,
    DRY_RUN,
    PROJECT,
    ALL_ACCOUNTS,
    { name: "--purge", summary: "also remove what it has stored" },
  ],
  examples: [
    ["uninstall --dry-run", "see what would be restored"],
    ["uninstall --purge", "also remove everything that was stored"],
  ],
};
