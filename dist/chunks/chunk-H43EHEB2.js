import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);
import {
  terminalText,
  visibleText
} from "./chunk-4GJY7B2F.js";

// src/report/workflow-command.ts
function formatWorkflowCommand(level, properties, message) {
  const { file, line, endLine, col, endColumn, title } = properties;
  const pairs = Object.entries({ file, line, endLine, col, endColumn, title }).filter(([, value]) => value !== 0).map(([name, value]) => [name, escapeProperty(String(value ?? ""))]).filter(([, value]) => value !== "").map(([name, value]) => `${name}=${value}`);
  return `::${level}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${escapeData(message)}`;
}
function protectLog(text) {
  return text.split(/\r\n|\n|\r/).map((line) => line.split("	").map(terminalText).join("	")).join("\n");
}
function escapeData(text) {
  return text.split(/\r\n|\n|\r/).map(visibleText).join("\n").replaceAll("%", "%25").replaceAll("\n", "%0A");
}
function escapeProperty(text) {
  return visibleText(text.trim()).replace(/^=+/, (signs) => "[U+003D]".repeat(signs.length)).replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
}

export {
  formatWorkflowCommand,
  protectLog
};
