/** A word of a shell's command, by its place there. */
export interface Word {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** `text` as one word of a command for /bin/sh. */
export function quoted(text: string): string {
  return /^[\w@%+:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * The command that starts `path` and nothing else. Bun ends at once, and prints nothing, in a working directory that
 * has been deleted, before any code of this program runs: the shell leaves that directory first, which costs it no process.
 * Windows does not let a directory in use be deleted.
 */
export function startOf(path: string): string {
  return process.platform === "win32" ? quoted(path) : `cd /; exec ${quoted(path)}`;
}

/**
 * The word of a command for /bin/sh that names the program: what is set for it, `cd /;` and `exec` may precede it.
 * @param home the value of `~` and `$HOME`
 * @returns null where that takes a shell to tell
 */
export function programWord(command: string, home: string): Word | null {
  let at = /^\s*cd\s+\/\s*;/.exec(command)?.[0].length ?? 0;
  for (;;) {
    const word = wordAt(command, at, home);
    // A name in quotes is no assignment, and no word of the shell's own.
    if (word === null || !/^(?:[A-Za-z_]\w*=|exec\s)/.test(command.slice(word.at))) return word;
    at = word.end;
  }
}

// Parts of a word: in quotes of either kind, one character behind a backslash, the home folder, or plain characters.
const PARTS =
  /'([^']*)'|"((?:[^"\\$`]|\\[\s\S]|\$HOME(?!\w)|\$\{HOME\})*)"|\\([\s\S])|(\$HOME(?!\w)|\$\{HOME\})|([^\s'"\\$`;&|<>()#*?[\]{}!]+)/y;

function wordAt(command: string, from: number, home: string): Word | null {
  const at = from + command.slice(from).search(/\S|$/);
  let [end, text] = [at, ""];
  for (;;) {
    PARTS.lastIndex = end;
    const part = PARTS.exec(command);
    if (part === null) break;
    const [, single, double, escaped, variable, plain] = part;
    text += single ?? escaped ?? (variable && home) ?? (double && expanded(double, home)) ?? plain ?? "";
    if (end === at && plain?.startsWith("~/")) text = home + plain.slice(1);
    end = PARTS.lastIndex;
  }
  const next = command[end] ?? " ";
  // What goes on with an expansion is anybody's guess.
  return text !== "" && /[\s;&|<>()]/.test(next) ? { text, at, end } : null;
}

/** The text between double quotes, expanded. */
function expanded(text: string, home: string): string {
  return text.replace(/\\([\\"$`])|\$HOME|\$\{HOME\}/g, (_, escaped?: string) => escaped ?? home);
}
