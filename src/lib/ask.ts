/** Asks the person at the terminal. @returns what they typed, in small letters; "" for nothing, or the end of input */
export function ask(question: string): string {
  return (prompt(question) ?? "").trim().toLowerCase();
}
