import type { Definition, Option, Value } from "./definition.ts";
import { DRY_RUN, setup, uninstall } from "./setup-definitions.ts";

/** Everything that can be typed: help, usage, completions and the manual are made from this table alone. */

const KEY: Value = { name: "KEY", kind: "key" };
const JSON_OPTION: Option = { name: "--json", summary: "print JSON, for programs" };
const PROFILE: Value = { name: "PROFILE", kind: "text" };
const config: Definition = {
  name: "config",
  summary: "show what is configured, and where each value comes from",
  options: [JSON_OPTION],
  flags: true,
  subcommands: [
    { name: "get", summary: "print the value of an option", arguments: [KEY] },
    {
      name: "set",
      summary: "set an option in your own file",
      arguments: [KEY, { name: "VALUE", kind: "value" }],
    },
    { name: "unset", summary: "remove an option from your own file", arguments: [KEY] },
    { name: "init", summary: "create your own file, with every option as a comment" },
    { name: "edit", summary: "open your own file in your editor, and check it afterwards" },
    { name: "check", summary: "report what cannot be used: file, line, column, and the nearest known name" },
    { name: "schema", summary: "print the JSON schema of the configuration" },
    { name: "path", summary: "print the path of your own file" },
  ],
  examples: [
    ["config set theme nord", "choose a theme"],
    ["config set modules.cost.refreshInterval 5m", "ask ccusage less often"],
    ["config --json --theme=nord", "what a flag would change"],
  ],
};

const preview: Definition = {
  name: "preview",
  summary: "show sample sessions in your configuration",
  options: [
    { name: "--theme", value: { name: "THEME", kind: "theme" }, summary: "use these colours" },
    { name: "--layout", value: { name: "LAYOUT", kind: "layout" }, summary: "use these lines" },
    { name: "--width", value: { name: "COLUMNS", kind: "number" }, summary: "use a terminal of this width" },
    { name: "--all", summary: "show every theme" },
    { name: "--svg", value: { name: "FILE", kind: "file" }, summary: "write a picture to a file" },
  ],
  flags: true,
  examples: [
    ["preview --all", "show every theme, on one session"],
    ["preview --layout powerline --theme nord --width 100", "see a look before you choose it"],
    ["preview --svg statusline.svg", "write a picture"],
  ],
};

const state: Definition = {
  name: "state",
  summary: "show what is known of sessions and accounts",
  options: [JSON_OPTION, { name: "--yaml", summary: "print the file as it is" }],
  subcommands: [
    { name: "path", summary: "print the path of the state file" },
    {
      name: "label",
      summary: "label an account",
      arguments: [PROFILE, { name: "TEXT", kind: "text" }],
    },
    { name: "migrate", summary: "import what older programs have stored", options: [DRY_RUN] },
    {
      name: "cleanup",
      summary: "archive sessions that have been silent for a long time",
      options: [
        {
          name: "--days",
          value: { name: "DAYS", kind: "number" },
          summary: "archive those that were silent for longer; 7 by default",
        },
        DRY_RUN,
      ],
    },
    {
      name: "remove",
      summary: "archive a session and remove it from the state file",
      arguments: [{ name: "SESSION", kind: "text" }],
    },
    { name: "check", summary: "report what in the state file cannot be used" },
  ],
  examples: [
    ['state label default "Work"', "name an account"],
    ["state cleanup --days 30 --dry-run", "see what would be archived"],
  ],
};

/** The program itself, with its commands in the order in which help lists them. */
export const program: Definition = {
  name: "statusline",
  summary: "print the status line for the JSON that Claude Code writes to stdin",
  options: [
    { name: "--help", summary: "show this help; -h is the same" },
    { name: "--version", summary: "print the version" },
    {
      name: "--account",
      value: { name: "ACCOUNT", kind: "text" },
      summary: "run a command in this account's directory: an id, a label, a directory",
    },
    { name: "--timings", summary: "print the row, and on stderr what took how long" },
  ],
  flags: true,
  subcommands: [
    setup,
    {
      name: "configure",
      summary: "choose layout, theme, icons, separators and modules, with a live preview",
      examples: [["configure", "arrow keys choose, enter saves, ? lists the keys"]],
    },
    config,
    preview,
    {
      name: "themes",
      summary: "list the themes, each with a sample line",
      examples: [["themes", "in the colours that this terminal supports"]],
    },
    {
      name: "modules",
      summary: "list the available modules",
      examples: [["modules", "see which are shown, and on which line"]],
    },
    {
      name: "doctor",
      summary: "find out what makes the status line blank or wrong here, and what to do about it",
      options: [JSON_OPTION],
      examples: [["doctor --json", "print it for a bug report"]],
    },
    state,
    {
      name: "profiles",
      summary: "list accounts",
      subcommands: [
        {
          name: "add",
          summary: "add an account by hand, for STATUSLINE_PROFILE or patterns of your own",
          arguments: [PROFILE, { name: "LABEL", kind: "text", optional: true }],
        },
        {
          name: "remove",
          summary: "archive an account and remove it from the state file",
          arguments: [PROFILE],
          options: [{ name: "--yes", summary: "also remove its sessions" }],
        },
      ],
      examples: [
        ["profiles", "see what each has spent today, and its limits"],
        ['profiles add work "Work"', "an account for STATUSLINE_PROFILE=work"],
      ],
    },
    {
      name: "refresh",
      summary: "fetch what is due for the active sessions, then end",
      flags: true,
      examples: [["refresh --max-concurrent-fetches=1", "fetch one source at a time"]],
    },
    {
      name: "update",
      summary: "install the latest release in place of this program",
      options: [{ name: "--check", summary: "only report whether there is one" }],
      examples: [["update --check", "exit code 0: this is the latest; 1: there is a newer one"]],
    },
    uninstall,
    {
      name: "completions",
      summary: "print completions for a shell",
      arguments: [{ name: "SHELL", kind: "shell" }],
      examples: [
        ["completions bash > ~/.local/share/bash-completion/completions/statusline", "for bash"],
        ["completions zsh > ~/.local/share/zsh/site-functions/_statusline", "for zsh; the folder in $fpath"],
        ["completions fish > ~/.config/fish/completions/statusline.fish", "for fish"],
      ],
    },
    { name: "man", summary: "print the manual page", examples: [["man | man -l -", "read it"]] },
    {
      name: "help",
      summary: "show what a command does, and its options",
      arguments: [{ name: "COMMAND", kind: "command", optional: true }],
      examples: [["help config", "show the same as `statusline config --help`"]],
    },
  ],
};

/** The shells that there are completions for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
