import { expect, test } from "bun:test";
import fc from "fast-check";
import { sealed, unsealed } from "../../src/lib/sealed.ts";

test("what was sealed is read as it was, with the same seed only", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
      const text = sealed(value, 7n);
      const { check, ...rest } = JSON.parse(text);
      expect(rest).toEqual(JSON.parse(JSON.stringify({ ...value, check: undefined })));
      expect(unsealed(text, 7n)).toEqual(JSON.parse(`${text.slice(0, text.lastIndexOf(","))}}`));
      expect([check.length, unsealed(text, 8n), unsealed(text)]).toEqual([16, null, null]);
    }),
  );
});

test("a text with any sign changed, cut off or added is refused", () => {
  const text = sealed({ key: "k", settings: { modules: { git: { enabled: true } } } });
  for (let n = 0; n < text.length; n++) {
    const sign = text[n] === "0" ? "1" : "0";
    expect(unsealed(text.slice(0, n) + sign + text.slice(n + 1))).toBeNull();
    expect(unsealed(text.slice(0, n))).toBeNull();
  }
  for (const other of ["", "null", "{}", `${text} `, "\0".repeat(50)]) expect(unsealed(other)).toBeNull();
});
