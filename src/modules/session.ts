import { defineLive } from "../define-module.ts";
import { truncate } from "../lib/text.ts";

/** The name that the person has given the session. */
export const session = defineLive({
  moduleId: "session",
  description: "the session's name, where it has one",
  icons: ["💬", "\uf075", ""],
  uses: ["sessionName"],
  read: ({ sessionName }) => sessionName,
  format: (name) => [40, 24, 12].map((columns) => [{ text: truncate(name, columns), tone: "strong" }]),
});
