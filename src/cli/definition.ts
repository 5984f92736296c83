/** What an argument, or what follows an option, is: shells complete it by this. */
export type ValueKind =
  | "text"
  | "number"
  | "file"
  | "theme"
  | "layout"
  /** An option of the configuration, `modules.cost.refreshInterval` say. */
  | "key"
  /** A value of the option before it. */
  | "value"
  | "shell"
  | "command";

/** A place for a value: what it is called in the usage, and what belongs there. */
export interface Value {
  readonly name: string;
  readonly kind: ValueKind;
  /** It may be left out. */
  readonly optional?: true;
}

export interface Option {
  /** With its dashes. */
  readonly name: string;
  /** What follows it, as a word of its own or after `=`; an option without is on or off. */
  readonly value?: Value;
  readonly summary: string;
}

/** What can be typed: the program itself, a command, a subcommand. */
export interface Definition {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly arguments?: readonly Value[];
  readonly options?: readonly Option[];
  /** Whether it takes every option of the configuration as a flag, `--theme=nord` say. */
  readonly flags?: true;
  readonly subcommands?: readonly Definition[];
  /** Command lines, without the program's name, each with what it is good for. */
  readonly examples?: readonly (readonly [line: string, meaning: string])[];
}
