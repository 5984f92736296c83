import { isUuid } from "./paths.ts";
import type { ContextWindow, Session } from "./session.ts";

/**
 * A session without what cannot be true of it, and a warning for each thing that is doubtful: `doctor` and `state` show
 * them. What a client, a gateway or a wrapper sends is checked against itself only; modules check it against other sources.
 */
export function cleanSession(session: Session): Session {
  const warnings: string[] = [];
  const { sessionId } = session;
  if (sessionId !== null && !isUuid(sessionId)) warnings.push("session_id is not a UUID");
  const context = session.context && cleanContext(session.context, warnings);
  return warnings.length === 0 && context === session.context ? session : { ...session, context, warnings };
}

/** The client rounds its percentage to a whole number. */
const ROUNDING = 1;

function cleanContext(context: ContextWindow, warnings: string[]): ContextWindow {
  const { size, used, usedPercent } = context;
  if (size !== null && size <= 0) {
    warnings.push(`context_window_size is ${size}; ignored`);
    return cleanContext({ ...context, size: null }, warnings);
  }
  if (used === null || size === null) {
    if (usedPercent === null || usedPercent <= 100) return context;
    warnings.push(`used_percentage is ${usedPercent}; ignored`);
    return { ...context, usedPercent: null };
  }
  if (used > size) {
    warnings.push(
      `${used} tokens do not fit a context window of ${size}; both size and percentage are ignored`,
    );
    return { ...context, size: null, usedPercent: null };
  }
  const percent = 100 * (used / size);
  const apart = usedPercent === null ? 0 : usedPercent - percent;
  const fits = apart <= ROUNDING && apart >= -ROUNDING;
  if (!fits)
    warnings.push(
      `used_percentage is ${usedPercent}, but ${used} tokens are used of ${size}; the tokens are used`,
    );
  // Rounded, 99.6 % and 0.1 % are full and empty, which they are not.
  const isRounded =
    fits && usedPercent !== null && !(usedPercent >= 100 && used < size) && !(usedPercent === 0 && used > 0);
  return isRounded ? context : { ...context, usedPercent: percent };
}
