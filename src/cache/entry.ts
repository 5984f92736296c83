/** One cached value: the content of `cache/<module>-<hash>.json`. Times are epoch milliseconds. */
export interface Entry {
  readonly moduleId: string;
  /** The session, where only one session has this value. */
  readonly sessionId: string | null;
  /** What the value belongs to, compared on read: another key's entry is a miss, whatever its file is called. */
  readonly key: string;
  /** null while no fetch has succeeded. */
  readonly data: unknown;
  /** When the value was asked for; the file's mtime says the same. 0 while no fetch has succeeded. */
  readonly fetchedAt: number;
  readonly validUntil: number;
  readonly fetchCount: number;
  readonly lastAccessedAt: number;
  /** Failed fetches since the last that succeeded. */
  readonly failure: { readonly at: number; readonly count: number; readonly message: string } | null;
  readonly warnings: readonly string[];
}
