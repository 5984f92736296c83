import { truncate } from "../lib/text.ts";
import type { StatusModule } from "../module.ts";

/** The agent that the session runs as. */
export const agent: StatusModule<string> = {
  moduleId: "agent",
  description: "the agent that the session runs as",
  icons: ["🎭", "\uf21b", "agent"],
  uses: ["agent"],
  read: (session) => session.agent,
  format: (name) => [
    [{ text: truncate(name, 24), tone: "accent" }],
    [{ text: truncate(name, 10), tone: "accent" }],
  ],
};
