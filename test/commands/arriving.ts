/** Commands that are defined and not there yet. To be emptied, and removed, with the merge that brings them. */
export const ARRIVING = ["setup", "uninstall", "update"];
