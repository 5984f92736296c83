import type { Definition, Option, Value } from "./definition.ts";

/** Everything that can be typed: help, usage, completions and the manual are made from this table alone. */

const KEY: Value = { name: "KEY", kind: "key" };
const JSON_OPTION: Option = { name: "--json", summary: "the same as JSON, for programs" };
const PROFILE: Value = { name: "PROFILE", kind: "text" };
const DRY_RUN: Option = { name: "--dry-run", summary: "only say what would be done" };
const YES: Option = { name: "--yes", summary: "do it without asking" };
const PROJECT: Option = { name: "--project", summary: "in the current project's settings instead of yours" };
const ALL_ACCOUNTS: Option = {
  name: "--all-accounts",
  summary: "in every configuration directory that is found, not in this one alone",
};

const setup: Definition = {
  name: "setup",
  summary: "name this program in Claude Code's settings",
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
    { name: "--replace", summary: "take the place of another status line" },
    { name: "--keep", summary: "show another status line as a part of this one" },
  ],
  examples: [
    ["setup --dry-run", "see what would be changed"],
    ["setup --keep", "go on showing another program's line beside ours"],
    ["setup --all-accounts --yes", "in every configuration directory, without asking"],
  ],
};

const uninstall: Definition = {
  name: "uninstall",
  summary: "take this program out of Claude Code's settings",
  options: [
    YES,
    DRY_RUN,
    PROJECT,
    ALL_ACCOUNTS,
    { name: "--purge", summary: "remove what it has stored, too" },
  ],
  examples: [
    ["uninstall --dry-run", "see what would be put back"],
    ["uninstall --purge", "and remove all that was stored"],
  ],
};

const config: Definition = {
  name: "config",
  summary: "what is configured, and where each value comes from",
  options: [JSON_OPTION],
  flags: true,
  subcommands: [
    { name: "get", summary: "the value of an option", arguments: [KEY] },
    {
      name: "set",
      summary: "give an option a value, in your own file",
      arguments: [KEY, { name: "VALUE", kind: "value" }],
    },
    { name: "unset", summary: "take an option out of your own file", arguments: [KEY] },
    { name: "init", summary: "make your own file, with every option in it as a comment" },
    { name: "edit", summary: "open your own file in your editor, and check it after" },
    { name: "check", summary: "say what cannot be used: file, line, column, and the nearest known name" },
    { name: "schema", summary: "the JSON schema of the configuration" },
    { name: "path", summary: "the path of your own file" },
  ],
  examples: [
    ["config set theme nord", "choose a theme"],
    ["config set modules.cost.refreshInterval 5m", "ask ccusage less often"],
    ["config --json --theme=nord", "what a flag would change"],
  ],
};

const preview: Definition = {
  name: "preview",
  summary: "sample sessions as your configuration shows them",
  options: [
    { name: "--theme", value: { name: "THEME", kind: "theme" }, summary: "in these colours" },
    { name: "--layout", value: { name: "LAYOUT", kind: "layout" }, summary: "with these lines" },
    { name: "--width", value: { name: "COLUMNS", kind: "number" }, summary: "on a terminal this wide" },
    { name: "--all", summary: "every theme" },
    { name: "--svg", value: { name: "FILE", kind: "file" }, summary: "draw a picture into a file" },
  ],
  flags: true,
  examples: [
    ["preview --all", "every theme, on one session"],
    ["preview --layout powerline --theme nord --width 100", "a look before it is chosen"],
    ["preview --svg statusline.svg", "a picture"],
  ],
};

const state: Definition = {
  name: "state",
  summary: "what is known of sessions and accounts",
  options: [JSON_OPTION, { name: "--yaml", summary: "the file as it is" }],
  subcommands: [
    { name: "path", summary: "the path of the state file" },
    {
      name: "label",
      summary: "give an account a name",
      arguments: [PROFILE, { name: "TEXT", kind: "text" }],
    },
    { name: "migrate", summary: "take over what older programs have stored", options: [DRY_RUN] },
    {
      name: "cleanup",
      summary: "archive sessions that have been silent for long",
      options: [
        {
          name: "--days",
          value: { name: "DAYS", kind: "number" },
          summary: "silent for more than this; 7 unless you say otherwise",
        },
        DRY_RUN,
      ],
    },
    {
      name: "remove",
      summary: "archive a session and take it out of the state file",
      arguments: [{ name: "SESSION", kind: "text" }],
    },
    { name: "check", summary: "say what in the state file cannot be used" },
  ],
  examples: [
    ['state label default "Work"', "name an account"],
    ["state cleanup --days 30 --dry-run", "see what would be archived"],
  ],
};

/** The program itself, with its commands in the order in which help lists them. */
export const program: Definition = {
  name: "statusline",
  summary: "the status line for Claude Code: reads its JSON on stdin, prints the line",
  options: [
    { name: "--help", summary: "what can be typed; -h is the same" },
    { name: "--version", summary: "the version" },
    {
      name: "--account",
      value: { name: "ACCOUNT", kind: "text" },
      summary: "run a command in this account's directory: an id, a label, a directory",
    },
    { name: "--timings", summary: "draw the row, and tell on stderr what took how long" },
  ],
  flags: true,
  subcommands: [
    setup,
    {
      name: "configure",
      summary: "choose layout, theme, icons, separators and modules, with a live preview",
      examples: [["configure", "arrow keys choose, enter saves, esc leaves"]],
    },
    config,
    preview,
    {
      name: "themes",
      summary: "the themes, each with a line in it",
      examples: [["themes", "as many colours as this terminal has"]],
    },
    {
      name: "modules",
      summary: "what can stand on the status line",
      examples: [["modules", "which of them are shown, and on which line"]],
    },
    {
      name: "doctor",
      summary: "what makes the status line blank or wrong here, and what to do about it",
      options: [JSON_OPTION],
      examples: [["doctor --json", "the same for a bug report"]],
    },
    state,
    {
      name: "profiles",
      summary: "a line for each account",
      subcommands: [
        {
          name: "add",
          summary: "add an account by hand, for STATUSLINE_PROFILE or patterns of your own",
          arguments: [PROFILE, { name: "LABEL", kind: "text", optional: true }],
        },
        {
          name: "remove",
          summary: "archive an account and take it out of the state file",
          arguments: [PROFILE],
          options: [{ name: "--yes", summary: "with the sessions that it has" }],
        },
      ],
      examples: [
        ["profiles", "what each spent today, and its limits"],
        ['profiles add work "Work"', "an account for STATUSLINE_PROFILE=work"],
      ],
    },
    {
      name: "refresh",
      summary: "fetch what is due for the active sessions, then end",
      flags: true,
      examples: [["refresh --max-concurrent-fetches=1", "one source after the other"]],
    },
    {
      name: "update",
      summary: "replace this program by its newest release",
      options: [{ name: "--check", summary: "only say whether there is one" }],
      examples: [["update --check", "exit code 0: this is the latest; 1: there is a newer one"]],
    },
    uninstall,
    {
      name: "completions",
      summary: "what a shell needs to complete this program's command lines",
      arguments: [{ name: "SHELL", kind: "shell" }],
      examples: [
        ["completions bash > ~/.local/share/bash-completion/completions/statusline", "for bash"],
        ["completions zsh > ~/.local/share/zsh/site-functions/_statusline", "for zsh; the folder in $fpath"],
        ["completions fish > ~/.config/fish/completions/statusline.fish", "for fish"],
      ],
    },
    { name: "man", summary: "the manual page", examples: [["man | man -l -", "read it"]] },
    {
      name: "help",
      summary: "what a command does, and what it takes",
      arguments: [{ name: "COMMAND", kind: "command", optional: true }],
      examples: [["help config", "the same as `statusline config --help`"]],
    },
  ],
};

/** The shells that there are completions for. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
