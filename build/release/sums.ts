export const SUMS_FILE = "SHA256SUMS";

/** SHA-256 of a file's content, in hexadecimal. */
export const sha256 = (bytes: Uint8Array<ArrayBuffer>) =>
  new Bun.CryptoHasher("sha256").update(bytes).digest("hex");

/** The text of a sums file, in the form of `sha256sum` and in the order of the names. */
export const writeSums = (sums: ReadonlyMap<string, string>) =>
  [...sums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sum]) => `${sum}  ${name}\n`)
    .join("");

/** File names and their sums. @throws Error for a line that is not one of `sha256sum` */
export function readSums(text: string): Map<string, string> {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line) ?? [];
      if (sum === undefined || name === undefined) throw new Error(`not a line of ${SUMS_FILE}: ${line}`);
      return [name, sum];
    }),
  );
}
