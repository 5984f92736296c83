/** Settings as people and programs write them: a name, and the text of the file. */
export const STYLES: readonly (readonly [name: string, text: string])[] = [
  ["as Claude Code writes them", '{\n  "model": "opus",\n  "env": {\n    "A": "1"\n  }\n}\n'],
  ["four blanks", '{\n    "model": "opus",\n    "permissions": {\n        "allow": []\n    }\n}\n'],
  ["tabs", '{\n\t"model": "opus",\n\t"hooks": {\n\t\t"Stop": []\n\t}\n}\n'],
  ["line ends of Windows", '{\r\n  "model": "opus",\r\n  "theme": "dark"\r\n}\r\n'],
  ["line ends of old Macs", '{\r  "model": "opus",\r  "theme": "dark"\r}\r'],
  ["no line end at the end", '{\n  "model": "opus"\n}'],
  ["many line ends at the end", '{\n  "model": "opus"\n}\n\n\n'],
  ["all on one line", '{"model":"opus","env":{"A":"1"}}'],
  ["one line with blanks", '{ "model": "opus", "env": { "A": "1" } }\n'],
  ["a byte order mark", '\ufeff{\n  "model": "opus"\n}\n'],
  ["an empty object", "{}"],
  ["an empty object with room in it", "{\n\n}\n"],
  ["an empty file", ""],
  ["white space only", " \n\t\n"],
  ["blank lines between", '\n\n{\n\n  "model": "opus",\n\n  "theme": "dark"\n\n}\n'],
  ["commas in front", '{ "model": "opus"\n, "theme": "dark"\n, "env": {}\n}\n'],
  ["blanks around colons", '{\n  "model" : "opus",\n  "theme" : "dark"\n}\n'],
  ["values below their names", '{\n  "model":\n    "opus"\n}\n'],
  ["braces of their own lines", '{\n  "env":\n  {\n    "A": "1"\n  }\n}\n'],
  ["no indentation", '{\n"model": "opus",\n"theme": "dark"\n}\n'],
  ["mixed line ends and indentation", '{\r\n\t"model": "opus",\n    "theme": "dark"\r\n }\n'],
  ["names that are escaped, or odd", '{\n  "\\u006dodel": "opus",\n  "": 1,\n  "__proto__": {"a": 1}\n}\n'],
];

const COMMAND = '"command": "~/.claude/line.sh --a \\"b c\\""';

/** The same, with another program's status line in each place that it may have. */
export const FORMER_STYLES: readonly (readonly [name: string, text: string])[] = [
  ["the only one", `{\n  "statusLine": {\n    "type": "command",\n    ${COMMAND}\n  }\n}\n`],
  ["the first", `{\n  "statusLine": { "type": "command", ${COMMAND} },\n  "model": "opus"\n}\n`],
  ["the last", `{\n  "model": "opus",\n  "statusLine": { "type": "command", ${COMMAND} }\n}\n`],
  ["between", `{"a":1,"statusLine":{"type":"command",${COMMAND}},"b":2}`],
  [
    "with tabs",
    `{\r\n\t"statusLine":\r\n\t{\r\n\t\t"type": "command",\r\n\t\t${COMMAND}\r\n\t},\r\n\t"a": 1\r\n}`,
  ],
  ["with its name escaped", `{ "status\\u004cine" : { "type":"command" , ${COMMAND} , "padding" : 1e0 } }`],
  ["null", '{\n  "statusLine": null,\n  "a": 1\n}\n'],
  ["a text", '\ufeff{"statusLine": "text"}'],
  ["a list", '{"statusLine": [1, {"command": "x"}, []], "a": 1}\n'],
  ["an empty object", '{"statusLine": {}}\n'],
];
