import { defineLive } from "../define-module.ts";
import { truncate } from "../lib/text.ts";

/** The agent that the session runs as. */
export const agent = defineLive({
  moduleId: "agent",
  description: "the agent that the session runs as",
  icons: ["🎭", "\uf21b", "agent"],
  uses: ["agent"],
  read: (session) => session.agent,
  format: (name) => [
    [{ text: truncate(name, 24), tone: "accent" }],
    [{ text: truncate(name, 10), tone: "accent" }],
  ],
});
