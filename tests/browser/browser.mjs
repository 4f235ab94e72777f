// What every test needs: reports of the program under test, and a browser to open them in.
import { execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const PROGRAM = process.env.RIGHTSCHECK || join(ROOT, "target/debug/rightscheck");
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** A folder that goes when the process ends. */
export const scratch = mkdtempSync(join(tmpdir(), "rightscheck-browser-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** Checks `paths` seen from `folder` and writes the report to `target`. Findings are expected: exit code 1 is no failure. */
export function check(folder, paths, target, ...more) {
  const args = ["check", ...paths, "--as-of", "2026-11-22", "--output", `html=${target}`, "--quiet", ...more];
  try {
    execFileSync(PROGRAM, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.status !== 1) throw new Error(`${PROGRAM} ${args.join(" ")}: exit code ${error.status}\n${error.stderr}`);
  }
  return target;
}

/** The report of the samples. */
export const samples = () => check(ROOT, ["samples"], join(scratch, "samples.html"));

/** Writes files of a folder, by path. */
export function folder(name, files) {
  const at = join(scratch, name);
  for (const [path, text] of Object.entries(files)) {
    const file = join(at, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return at;
}

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** The browser, with a profile of its own. */
export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });

/** Opens `file`. What the page complains of, what it asks for and what it pops up is collected in `page.trouble`. */
export async function open(browser, file, { hash = "", within = dirname(file), ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  page.trouble = [];
  const own = pathToFileURL(within).href;
  page.on("console", (message) => page.trouble.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => page.trouble.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { page.trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = request.url();
    // A request for the browser's own memory leaves nothing.
    if (!url.startsWith(`${own}/`) && !url.startsWith("blob:")) page.trouble.push(`request: ${url}`);
  });
  await page.goto(pathToFileURL(file).href + hash);
  return page;
}

/** What axe-core finds wrong, in a line each; `only` names the rules to ask, all without. */
export async function violations(page, only) {
  await page.addScriptTag({ path: AXE });
  const results = await page.evaluate((only) => globalThis.axe.run(document, { resultTypes: ["violations"], preload: false, ...(only && { runOnly: only }) }), only);
  return results.violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.slice(0, 3).map((n) => `   ${n.target} ${n.html.slice(0, 160)}\n   ${n.failureSummary}`).join("\n")}`);
}

/** The text of a page printed to PDF, without white space. */
export async function printed(page) {
  const pdf = join(scratch, `print-${Math.random().toString(36).slice(2)}.pdf`);
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  return execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8", maxBuffer: 1 << 28 }).replace(/\s+/g, "");
}
