/** The message of what has taken too long: `timed out after 35 s`. */
export function timedOut(ms: number): string {
  return `timed out after ${ms >= 1000 && ms % 100 === 0 ? `${ms / 1000} s` : `${ms} ms`}`;
}

/**
 * Waits for `work`, at most `ms` milliseconds; then its signal is aborted, and what it does after that is lost.
 * @throws Error when it takes longer; what `work` throws
 */
export async function inTime<Result>(
  ms: number,
  work: (signal: AbortSignal) => Promise<Result> | undefined,
): Promise<Result | undefined> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(timedOut(ms));
      reject(error);
      controller.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
