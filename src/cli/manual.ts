/** What the manual page says besides the commands and options: names and their meanings, in the page's order. */
export const manual: Readonly<
  Record<"environment" | "files" | "exit", readonly (readonly [string, string])[]>
> = {
  environment: [
    ["CLAUDE_CONFIG_DIR", "Claude Code's configuration directory; ~/.claude by default."],
    ["STATUSLINE_PROFILE", "The account of this session: its id, its label or an alias of it."],
    ["STATUSLINE_…", "Every option of the configuration has a variable; see CONFIGURATION."],
    ["SENTRY_DSN", "Where error reports are sent, unless reports.dsn says so; without both none are made."],
    ["COLUMNS, LINES", "The size of the terminal, as Claude Code reports it."],
    [
      "NO_COLOR, FORCE_COLOR, COLORTERM, TERM",
      "How many colours the terminal supports: none, 16, 256 or 24-bit.",
    ],
    ["FORCE_HYPERLINK", "1 or 0: whether the terminal supports links, if its name does not tell."],
    ["TMUX, TMUX_PANE", "The tmux pane that the session runs in."],
    ["TZ", "The time zone of clock times."],
    ["VISUAL, EDITOR", "The editor of statusline config edit."],
  ],
  files: [
    ["$CLAUDE_CONFIG_DIR/settings.json", "Claude Code's settings; statusLine runs this program."],
    ["$CLAUDE_CONFIG_DIR/statusline.config.json", "Configuration for one configuration directory."],
    ["~/.claude/statusline.user.json", "Your own configuration, which statusline config writes."],
    [".claude/statusline.json", "A project's configuration; only how things look."],
    ["$CLAUDE_CONFIG_DIR/session-health/", "Everything that the program stores; readable by you only."],
    ["session-health/runtime-state.yaml", "Accounts and sessions; yours to edit."],
    ["session-health/daemon.log", "Errors and warnings; two files of 256 KB at most."],
    ["session-health/reports/", "Error reports that wait to be sent, where you want them sent."],
  ],
  exit: [
    ["0", "Success. Without a command always: Claude Code erases the row of a program that fails."],
    ["1", "Failure, or statusline doctor, config check or state check has found a problem."],
    ["2", "Wrong usage."],
  ],
};
