// The report, page by page, as its readers meet it: valid HTML, links that lead somewhere, and no fault that axe-core
// finds against WCAG 2.2 AA, in light and dark, at 320 and 1280 pixels. Run by `make report-check`.
//
//   node report_check.mjs FOLDER CHROMIUM     (in a folder where axe-core, html-validate and playwright-core are installed)

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const { HtmlValidate, StaticConfigLoader } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [folder, browserPath] = [resolve(process.argv[2]), process.argv[3]];
const WIDTHS = [320, 1280];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const pages = readdirSync(folder, { recursive: true })
  .map((name) => name.split(sep).join(posix.sep))
  .filter((name) => name.endsWith(".html"))
  .sort();
const faults = [];

// HTML
const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: { "long-title": "off", "tel-non-breaking": "off" }, // a committee's title is as long as it is
  }),
);
for (const page of pages) {
  const report = await validator.validateFile(join(folder, page));
  for (const result of report.results)
    for (const message of result.messages)
      faults.push(`html: ${page}:${message.line}:${message.column}: ${message.ruleId}: ${message.message}`);
}

// Links
const ids = new Map();
const links = [];
for (const page of pages) {
  const text = readFileSync(join(folder, page), "utf8");
  ids.set(page, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map((found) => found[1])));
  links.push(...[...text.matchAll(/\shref="([^"]*)"/g)].map((found) => [page, found[1]]));
  if (/\ssrc="/.test(text) || /<script/i.test(text)) faults.push(`links: ${page}: asks for something, or runs something`);
}
const local = links.filter(([, href]) => !/^https?:/.test(href));
for (const [page, href] of local) {
  const [path, anchor] = href.split("#");
  const target = path ? posix.normalize(posix.join(posix.dirname(page), path)) : page;
  if (!target.endsWith(".html")) {
    if (!existsSync(join(folder, target))) faults.push(`links: ${page}: '${href}' leads nowhere`);
  } else if (!ids.has(target)) faults.push(`links: ${page}: '${href}' leads nowhere`);
  else if (anchor && !ids.get(target).has(anchor)) faults.push(`links: ${page}: '${href}' has no such anchor`);
}

// Accessibility
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
});
let checks = 0;
let violations = 0;
for (const colorScheme of SCHEMES) {
  for (const width of WIDTHS) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const asked = [];
    const tab = await context.newPage();
    tab.on("request", (request) => request.url().startsWith("file:") || asked.push(request.url()));
    for (const page of pages) {
      await tab.goto(pathToFileURL(join(folder, page)).href);
      await tab.evaluate(axe);
      const found = await tab.evaluate((tags) => axe.run(document, { runOnly: tags }), TAGS);
      checks += found.passes.length + found.violations.length;
      for (const violation of found.violations) {
        violations += 1;
        const where = violation.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ");
        faults.push(`axe: ${page} (${colorScheme}, ${width}): ${violation.id}: ${violation.help}: ${where}`);
      }
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) faults.push(`layout: ${page} (${width}): ${overflow} pixels too wide`);
      if (!(await tab.$("nav"))) continue; // the document to print has nothing to skip
      await tab.keyboard.press("Tab");
      const first = await tab.evaluate(() => document.activeElement?.getAttribute("href"));
      if (first !== "#content") faults.push(`keyboard: ${page}: the first stop is '${first}', not the content`);
    }
    for (const url of asked) faults.push(`requests: ${url}`);
    await context.close();
  }
}
const version = browser.version();
await browser.close();

for (const fault of faults) console.log(fault);
console.log(
  `${pages.length} pages, ${local.length} links, ${checks} axe checks in Chromium ${version} ` +
    `(${SCHEMES.join(", ")}; ${WIDTHS.join(", ")} pixels): ${violations} violations, ${faults.length} faults in all`,
);
process.exitCode = faults.length ? 1 : 0;
