// The floor of every benchmark: a program that reads stdin as JSON and prints a line.
const input = await Bun.stdin.json();
console.log(input.session_id);

export {};
